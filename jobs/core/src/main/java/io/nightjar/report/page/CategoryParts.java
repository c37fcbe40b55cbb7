package io.nightjar.report.page;

import java.util.List;

/**
 * The parts of a category that were tested.
 *
 * @param category its name
 * @param parts in the order of the test images
 */
public record CategoryParts(String category, List<Part> parts) {
  public CategoryParts {
    parts = List.copyOf(parts);
  }

  /**
   * A part: an item, where the data set says which images show one, otherwise what an image shows.
   *
   * @param name the item, or the image's path within the category
   * @param image the path of the image with the highest score
   * @param defect the kind of defect; empty for a good part
   * @param score the highest score of its images
   */
  public record Part(String name, String image, String defect, float score) {

    /** Whether the data set calls it defective. */
    public boolean isDefective() {
      return !defect.isEmpty();
    }
  }
}
