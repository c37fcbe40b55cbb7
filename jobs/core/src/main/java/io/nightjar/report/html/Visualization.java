package io.nightjar.report.html;

import static java.util.stream.Collectors.joining;

import io.nightjar.report.Numbers;
import io.nightjar.report.VisualizationRef;
import io.nightjar.text.Text;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/**
 * A visualization of an image.
 *
 * @param link its URL, relative to the page
 * @param caption what it shows
 * @param score the image's score
 */
public record Visualization(String link, String caption, Figure score) {
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  static Visualization of(VisualizationRef visualization) {
    double score = visualization.imageScore();
    return new Visualization(
        link(visualization.relativePath()),
        visualization.caption(),
        new Figure(Numbers.fixed(score, 4), Double.toString(score)));
  }

  /**
   * A relative path as a URL: every byte of a segment but RFC 3986's unreserved ones is escaped, so
   * that a file's name is never taken for a scheme, a query or a fragment.
   */
  private static String link(String relativePath) {
    return Stream.of(relativePath.split("/", -1)).map(Visualization::segment).collect(joining("/"));
  }

  private static String segment(String segment) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
      if (UNRESERVED.indexOf(b) >= 0) {
        encoded.append((char) b);
      } else {
        encoded.append(Text.format("%%%02X", b & 0xff));
      }
    }
    return encoded.toString();
  }
}
