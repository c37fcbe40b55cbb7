package io.nightjar.dataset;

import java.util.Comparator;
import java.util.List;

/**
 * One kind of product or texture with its images.
 *
 * @param name such as {@code bottle}
 * @param train the training images, all good, sorted by relative path
 * @param test the test images, good and defective, sorted by relative path
 */
public record Category(String name, List<ImageRef> train, List<ImageRef> test) {
  /** Sorts the images by relative path. */
  public Category {
    train = sorted(train);
    test = sorted(test);
  }

  private static List<ImageRef> sorted(List<ImageRef> images) {
    return images.stream().sorted(Comparator.comparing(ImageRef::relativePath)).toList();
  }
}
