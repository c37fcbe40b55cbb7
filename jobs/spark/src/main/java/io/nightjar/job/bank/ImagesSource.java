package io.nightjar.job.bank;

import io.nightjar.dataset.ImageRef;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.search.CategoryBank;
import java.util.List;

/**
 * A bank of the category's own normal images.
 *
 * @param reads those images
 * @param patches of one image
 * @param keepPatches whether the patches are kept between the two passes over the images
 */
public record ImagesSource(List<ImageRef> reads, int patches, boolean keepPatches)
    implements BankSource {

  @Override
  public CategoryBank bank(BankFactory making) {
    return making.ofImages(reads, patches, keepPatches);
  }

  @Override
  public int images(CategoryPasses passes) {
    return passes.sound(reads).size();
  }
}
