package io.nightjar.job.output;

import io.nightjar.job.measure.ScoredImage;
import io.nightjar.report.page.CategoryParts;
import io.nightjar.report.page.CategoryParts.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts that the test images of a category show: an item where the data set says which images
 * show one, otherwise each image its own. As in the metrics of items, a part's score is the largest
 * of its images', and it is defective if any of them is.
 */
final class TestedParts {
  private TestedParts() {}

  static CategoryParts of(CategoryOutcome outcome) {
    Map<String, List<ScoredImage>> byPart = new LinkedHashMap<>();
    for (ScoredImage image : outcome.images()) {
      String item = image.ref().item();
      byPart
          .computeIfAbsent(
              item.isEmpty() ? image.ref().relativePath() : item, first -> new ArrayList<>())
          .add(image);
    }
    return new CategoryParts(
        outcome.result().category(),
        byPart.entrySet().stream().map(part -> part(part.getKey(), part.getValue())).toList());
  }

  private static Part part(String name, List<ScoredImage> images) {
    ScoredImage highest = images.get(0);
    String defect = "";
    for (ScoredImage image : images) {
      if (image.imageScore() > highest.imageScore()) {
        highest = image;
      }
      if (defect.isEmpty() && image.ref().isDefective()) {
        defect = image.ref().defect();
      }
    }
    return new Part(name, highest.ref().relativePath(), defect, highest.imageScore());
  }
}
