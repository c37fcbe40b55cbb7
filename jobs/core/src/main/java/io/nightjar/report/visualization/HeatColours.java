package io.nightjar.report.visualization;

/**
 * Colours from blue through green and yellow to red. Jet's order without its dark ends, which would
 * hide the image below, and without its narrow bright bands, which show edges where none are.
 */
final class HeatColours {
  /** Evenly spaced from low to high. */
  static final int[] STOPS = {0x2b50c8, 0x1f9fdc, 0x33c58f, 0xe6d83a, 0xf5861f, 0xd11a1c};

  private HeatColours() {}

  /** The colour at a position from 0 (blue) to 1 (red), as 0xRRGGBB. */
  static int rgb(double position) {
    double stop = position * (STOPS.length - 1);
    int below = Math.min((int) stop, STOPS.length - 2);
    return mix(STOPS[below], STOPS[below + 1], stop - below);
  }

  /** The colour that lies a fraction of the way from one to another. */
  static int mix(int from, int to, double fraction) {
    return channel(from >> 16, to >> 16, fraction) << 16
        | channel(from >> 8, to >> 8, fraction) << 8
        | channel(from, to, fraction);
  }

  private static int channel(int from, int to, double fraction) {
    return (int) Math.round((1 - fraction) * (from & 0xff) + fraction * (to & 0xff));
  }
}
