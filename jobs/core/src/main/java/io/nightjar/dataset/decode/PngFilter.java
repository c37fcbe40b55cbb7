package io.nightjar.dataset.decode;

/** The prediction of each byte from its neighbours on the left and above (PNG, clause 9). */
final class PngFilter {
  private static final int NONE = 0;
  private static final int SUB = 1;
  private static final int UP = 2;
  private static final int AVERAGE = 3;
  private static final int PAETH = 4;

  /**
   * What Paeth's predictor adds to the corner (above the left), modulo 256, by {@code left -
   * corner} and {@code up - corner}. Computing it takes three absolute values and two comparisons
   * that no processor can predict.
   */
  private static final byte[] FROM_CORNER = fromCorner();

  private static final int LEFT_SHIFT = 9;
  private static final int ORIGIN = (256 << LEFT_SHIFT) + 256;

  private PngFilter() {}

  private static byte[] fromCorner() {
    byte[] table = new byte[512 << LEFT_SHIFT];
    for (int left = -255; left <= 255; left++) {
      for (int up = -255; up <= 255; up++) {
        // The estimate is left + up - corner: its distances to the three bytes.
        int toLeft = Math.abs(up);
        int toUp = Math.abs(left);
        int toCorner = Math.abs(left + up);
        int nearest = toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : 0;
        table[ORIGIN + (left << LEFT_SHIFT) + up] = (byte) nearest;
      }
    }
    return table;
  }

  /**
   * Restores a row in place. Both rows begin with their filter byte.
   *
   * @param rows contains the row and the restored row above it, which is zeros for the first one
   * @param row where the row begins
   * @param above where the row above begins
   * @param length bytes of a row, with its filter byte
   * @param pixelBytes bytes from a sample to its neighbour on the left
   * @return false where the row's filter type is unknown
   */
  static boolean undo(byte[] rows, int row, int above, int length, int pixelBytes) {
    int filter = rows[row];
    int from = row + 1;
    int to = row + length;
    int up = above - row;
    switch (filter) {
      case NONE -> {}
      case SUB -> sub(rows, from, to, pixelBytes);
      case UP -> up(rows, from, to, up);
      case AVERAGE -> average(rows, from, to, up, pixelBytes);
      case PAETH -> {
        if (pixelBytes == 3) {
          paethRgb(rows, from, to, up);
        } else {
          paeth(rows, from, to, up, pixelBytes);
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void sub(byte[] rows, int from, int to, int pixelBytes) {
    for (int i = from + pixelBytes; i < to; i++) {
      rows[i] += rows[i - pixelBytes];
    }
  }

  private static void up(byte[] rows, int from, int to, int up) {
    for (int i = from; i < to; i++) {
      rows[i] += rows[i + up];
    }
  }

  private static void average(byte[] rows, int from, int to, int up, int pixelBytes) {
    for (int i = from; i < to; i++) {
      int left = i - pixelBytes >= from ? rows[i - pixelBytes] & 0xff : 0;
      rows[i] += (byte) ((left + (rows[i + up] & 0xff)) >> 1);
    }
  }

  private static void paeth(byte[] rows, int from, int to, int up, int pixelBytes) {
    for (int i = from; i < to; i++) {
      boolean first = i - pixelBytes < from;
      int left = first ? 0 : rows[i - pixelBytes] & 0xff;
      int corner = first ? 0 : rows[i - pixelBytes + up] & 0xff;
      rows[i] = (byte) paeth(rows[i], left, rows[i + up] & 0xff, corner);
    }
  }

  /** Three interleaved chains, their last values in registers. */
  private static void paethRgb(byte[] rows, int from, int to, int up) {
    int leftRed = 0;
    int leftGreen = 0;
    int leftBlue = 0;
    int cornerRed = 0;
    int cornerGreen = 0;
    int cornerBlue = 0;
    for (int i = from; i < to - 2; i += 3) {
      int red = rows[i + up] & 0xff;
      int green = rows[i + 1 + up] & 0xff;
      int blue = rows[i + 2 + up] & 0xff;
      leftRed = paeth(rows[i], leftRed, red, cornerRed);
      leftGreen = paeth(rows[i + 1], leftGreen, green, cornerGreen);
      leftBlue = paeth(rows[i + 2], leftBlue, blue, cornerBlue);
      rows[i] = (byte) leftRed;
      rows[i + 1] = (byte) leftGreen;
      rows[i + 2] = (byte) leftBlue;
      cornerRed = red;
      cornerGreen = green;
      cornerBlue = blue;
    }
  }

  private static int paeth(int stored, int left, int up, int corner) {
    int at = ORIGIN + ((left - corner) << LEFT_SHIFT) + up - corner;
    return (stored + corner + FROM_CORNER[at]) & 0xff;
  }
}
