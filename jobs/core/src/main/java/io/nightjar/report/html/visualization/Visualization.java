package io.nightjar.report.html.visualization;

import io.nightjar.report.Numbers;
import io.nightjar.report.VisualizationRef;
import java.util.Optional;

/**
 * A visualization of an image.
 *
 * @param number counts all visualizations of the page
 * @param category of the image
 * @param link its URL, relative to the page
 * @param caption what it shows
 * @param score the image's score
 * @param fullScore the same with all digits
 * @param view what of it is within the page; empty where nothing is
 */
public record Visualization(
    int number,
    String category,
    String link,
    String caption,
    String score,
    String fullScore,
    Optional<View> view) {

  /** A visualization that is a link alone. */
  static Visualization linked(int number, VisualizationRef reference) {
    double score = reference.imageScore();
    return new Visualization(
        number,
        reference.category(),
        FileLink.of(reference.relativePath()),
        reference.caption(),
        Numbers.fixed(score, 4),
        Double.toString(score),
        Optional.empty());
  }

  /** The same with what is within the page. */
  Visualization with(View within) {
    return new Visualization(
        number, category, link, caption, score, fullScore, Optional.of(within));
  }
}
