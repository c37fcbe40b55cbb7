package io.nightjar.report.visualization;

/** The outline of a mask, for drawing: a line of two pixels with an edge of one on both sides. */
final class Contour {
  /** What a pixel of the outline shows. */
  enum Part {
    NONE,
    LINE,
    EDGE
  }

  private static final int LINE_REACH = 1;
  private static final int EDGE_REACH = 2;

  private final boolean[] mask;
  private final int width;
  private final int height;

  /**
   * @param mask {@code height x width}, row by row
   */
  Contour(boolean[] mask, int width, int height) {
    this.mask = mask;
    this.width = width;
    this.height = height;
  }

  Part at(int x, int y) {
    if (differsWithin(x, y, LINE_REACH)) {
      return Part.LINE;
    }
    return differsWithin(x, y, EDGE_REACH) ? Part.EDGE : Part.NONE;
  }

  /** Whether a pixel of the other kind lies within a disc; the image's border is no outline. */
  private boolean differsWithin(int x, int y, int reach) {
    boolean own = mask[y * width + x];
    for (int dy = -reach; dy <= reach; dy++) {
      for (int dx = -reach; dx <= reach; dx++) {
        boolean inDisc = dx * dx + dy * dy <= reach * reach;
        int otherX = x + dx;
        int otherY = y + dy;
        if (inDisc
            && otherX >= 0
            && otherX < width
            && otherY >= 0
            && otherY < height
            && mask[otherY * width + otherX] != own) {
          return true;
        }
      }
    }
    return false;
  }
}
