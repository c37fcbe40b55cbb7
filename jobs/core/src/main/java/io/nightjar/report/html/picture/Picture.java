package io.nightjar.report.html.picture;

import io.nightjar.report.Numbers;
import io.nightjar.report.VisualizationRef;
import java.util.Optional;

/**
 * A visualization of an image.
 *
 * @param number counts all pictures of the page
 * @param category of the image
 * @param link its URL, relative to the page
 * @param caption what it shows
 * @param score the image's score
 * @param fullScore the same with all digits
 * @param view what of it is within the page; empty where nothing is
 */
public record Picture(
    int number,
    String category,
    String link,
    String caption,
    String score,
    String fullScore,
    Optional<View> view) {

  /** A picture that is a link alone. */
  static Picture linked(int number, VisualizationRef visualization) {
    double score = visualization.imageScore();
    return new Picture(
        number,
        visualization.category(),
        PictureLink.of(visualization.relativePath()),
        visualization.caption(),
        Numbers.fixed(score, 4),
        Double.toString(score),
        Optional.empty());
  }

  /** The same with what is within the page. */
  Picture with(View within) {
    return new Picture(number, category, link, caption, score, fullScore, Optional.of(within));
  }
}
