package io.nightjar.dataset;

/** The prediction of each byte from its neighbours on the left and above (PNG, clause 9). */
final class PngFilter {
  private static final int NONE = 0;
  private static final int SUB = 1;
  private static final int UP = 2;
  private static final int AVERAGE = 3;
  private static final int PAETH = 4;

  private PngFilter() {}

  /**
   * Restores a row in place. Both rows begin with their filter byte.
   *
   * @param above the restored row above; zeros for the first one
   * @param pixelBytes bytes from a sample to its neighbour on the left
   * @return false where the row names no known filter
   */
  static boolean undo(byte[] row, byte[] above, int pixelBytes) {
    switch (row[0]) {
      case NONE -> {}
      case SUB -> sub(row, pixelBytes);
      case UP -> up(row, above);
      case AVERAGE -> average(row, above, pixelBytes);
      case PAETH -> paeth(row, above, pixelBytes);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void sub(byte[] row, int pixelBytes) {
    for (int i = 1 + pixelBytes; i < row.length; i++) {
      row[i] += row[i - pixelBytes];
    }
  }

  private static void up(byte[] row, byte[] above) {
    for (int i = 1; i < row.length; i++) {
      row[i] += above[i];
    }
  }

  private static void average(byte[] row, byte[] above, int pixelBytes) {
    for (int i = 1; i < row.length; i++) {
      int left = i > pixelBytes ? row[i - pixelBytes] & 0xff : 0;
      row[i] += (byte) ((left + (above[i] & 0xff)) >> 1);
    }
  }

  private static void paeth(byte[] row, byte[] above, int pixelBytes) {
    for (int i = 1; i < row.length && i <= pixelBytes; i++) {
      row[i] += above[i]; // nothing on the left: the one above is the nearest
    }
    for (int i = 1 + pixelBytes; i < row.length; i++) {
      int left = row[i - pixelBytes] & 0xff;
      int up = above[i] & 0xff;
      int corner = above[i - pixelBytes] & 0xff;
      int toLeft = Math.abs(up - corner);
      int toUp = Math.abs(left - corner);
      int toCorner = Math.abs(left + up - 2 * corner);
      int nearest = toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
      row[i] += (byte) nearest;
    }
  }
}
