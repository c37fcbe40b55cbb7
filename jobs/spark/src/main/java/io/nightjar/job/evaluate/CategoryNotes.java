package io.nightjar.job.evaluate;

import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.layout.Census;
import io.nightjar.dataset.map.ScoreRounding;
import io.nightjar.job.options.RunLabel;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.List;

/** Notes shown next to a category's metrics. */
public final class CategoryNotes {
  private CategoryNotes() {}

  /**
   * How a category differs from MVTec AD, where figures are compared, and masks that were not used.
   */
  public static List<String> of(Category category, RunLabel label) {
    List<String> notes = new ArrayList<>();
    // A data set that is not meant to be MVTec AD is not compared with its census.
    if (label.comparable()) {
      Census.difference(category).ifPresent(notes::add);
    }
    List<ImageRef> masked =
        category.test().stream().filter(image -> image.isGood() && image.hasMask()).toList();
    if (!masked.isEmpty()) {
      notes.add(
          masked.size() == 1
              ? Text.format(
                  "1 good test image has a mask (%s); it counts as good, and the mask was not"
                      + " used.",
                  masked.get(0).relativePath())
              : Text.format(
                  "%d good test images have a mask (%s is the first); they count as good, and the"
                      + " masks were not used.",
                  masked.size(), masked.get(0).relativePath()));
    }
    GroupLimit.note(category).ifPresent(notes::add);
    return notes;
  }

  /**
   * What float64 scores of maps lost on the way to float32.
   *
   * @param rounding their loss when counted from 0
   * @param origin where they were counted from in the end
   * @param left their loss when counted from there
   */
  static List<String> ofRounding(ScoreRounding rounding, double origin, ScoreRounding left) {
    List<String> notes = new ArrayList<>();
    if (origin != 0) {
      notes.add(
          Text.format(
              "The maps hold float64 scores of which %d of %d different ones fall together as"
                  + " float32; they were measured as score - %s, from which thresholds and image"
                  + " scores count.",
              rounding.merged(), rounding.scores(), origin));
    }
    if (left.isLossy()) {
      notes.add(
          Text.format(
              "Scores of float64 were rounded to float32: %d of %d different scores fell together.",
              left.merged(), left.scores()));
    }
    return notes;
  }
}
