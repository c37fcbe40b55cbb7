package io.nightjar.job.output;

import io.nightjar.job.measure.ScoredImage;
import io.nightjar.report.CategoryScores;
import io.nightjar.report.reason.CategoryReasons;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Map;

/**
 * A category's scores, the images for visualizations of them, and the hashes of every file read.
 *
 * @param images in catalogue order
 * @param reuse what was taken from the store of the run
 * @param reasons of the images' highest patches, where they were asked for
 */
public record ScoredCategory(
    CategoryScores scores,
    List<ScoredImage> images,
    Map<String, String> hashes,
    Reuse reuse,
    CategoryReasons reasons) {

  /** A phrase for a person, without a full stop. */
  public String summary() {
    String summary =
        Text.format("%s, %.0f s", Text.counted(images.size(), "image", "images"), scores.seconds());
    return reuse.equals(Reuse.NONE) ? summary : summary + "; " + reuse.describeMaps();
  }
}
