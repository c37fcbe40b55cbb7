package io.nightjar.job.bank;

import io.nightjar.dataset.Category;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.fit.FittedPasses;
import io.nightjar.job.run.Quarantine;
import io.nightjar.job.run.StageClock;
import io.nightjar.job.search.CategoryBank;
import io.nightjar.report.FailedCategory;
import java.util.List;

/**
 * A bank of the normal images of all categories.
 *
 * @param patches of one image
 * @param keepPatches whether the patches are kept between the two passes over the images
 */
public record UnifiedSource(UnifiedImages unified, int patches, boolean keepPatches)
    implements SharedSource {

  @Override
  public CategoryBank bank(BankFactory making) {
    StageClock clock = making.clock();
    clock.time(
        "inspect",
        () -> {
          unified.inspect(making.passes());
          return null;
        });
    try (FittedPasses fitted = clock.time("fit", () -> unified.fit(making.passes(), keepPatches))) {
      return making.ofFitted(fitted, (long) images(making.passes()) * patches);
    }
  }

  @Override
  public int images(CategoryPasses passes) {
    return passes.sound(unified.train()).size();
  }

  @Override
  public Quarantine quarantine(Category category, double limit) {
    return unified.share(category);
  }

  @Override
  public Quarantine ofAll() {
    return unified.quarantine();
  }

  @Override
  public int categories() {
    return unified.names().size();
  }

  @Override
  public List<FailedCategory> failures() {
    return unified.failures();
  }
}
