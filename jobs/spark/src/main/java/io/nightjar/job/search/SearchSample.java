package io.nightjar.job.search;

import io.nightjar.dataset.ImageRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** The test images on which an approximate search is compared with the exact one. */
public final class SearchSample {
  static final long SEED = 1;

  private SearchSample() {}

  /**
   * Half defective and half good ones, drawn from the seed, in catalogue order; more of the one
   * where the other runs out.
   */
  public static List<ImageRef> draw(List<ImageRef> images, int count) {
    Random random = new Random(SEED);
    List<ImageRef> defective = shuffled(images, true, random);
    List<ImageRef> good = shuffled(images, false, random);
    int fromGood = Math.min(good.size(), Math.max(count / 2, count - defective.size()));
    int fromDefective = Math.min(defective.size(), count - fromGood);
    List<ImageRef> drawn = new ArrayList<>(good.subList(0, fromGood));
    drawn.addAll(defective.subList(0, fromDefective));
    drawn.sort(Comparator.comparing(ImageRef::relativePath));
    return drawn;
  }

  private static List<ImageRef> shuffled(List<ImageRef> images, boolean defective, Random random) {
    List<ImageRef> some =
        new ArrayList<>(images.stream().filter(image -> image.isDefective() == defective).toList());
    Collections.shuffle(some, random);
    return some;
  }
}
