package io.nightjar.report.visualization;

import io.nightjar.text.Text;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The colours of a map as an SVG filter has them, which turns the grey map of {@link Layers} into
 * what a visualization shows: values from 0 to 1 at even steps from the lowest score to the
 * highest.
 *
 * @param red values of red
 * @param green values of green
 * @param blue values of blue
 * @param opacity how opaque a score is
 */
public record HeatFilter(String red, String green, String blue, String opacity) {

  /** The colours of all visualizations. */
  public static HeatFilter create() {
    return new HeatFilter(
        channel(16), channel(8), channel(0), Overlay.FAINTEST + " " + Overlay.STRONGEST);
  }

  private static String channel(int shift) {
    return IntStream.of(HeatColours.STOPS)
        .mapToObj(colour -> Text.format("%.4f", (colour >> shift & 0xff) / 255.0))
        .collect(Collectors.joining(" "));
  }
}
