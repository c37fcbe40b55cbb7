package io.nightjar.dataset.demo.canvas;

/** The pixels that a shape can touch; empty where right is left of left. */
record PixelBox(int left, int top, int right, int bottom) {

  static PixelBox of(Shape shape, double margin, View view, int size) {
    double cos = view.cos() * view.scale();
    double sin = view.sin() * view.scale();
    double middleX = (shape.left() + shape.right()) / 2;
    double middleY = (shape.top() + shape.bottom()) / 2;
    double halfX = (shape.right() - shape.left()) / 2 + margin;
    double halfY = (shape.bottom() - shape.top()) / 2 + margin;
    double x = 0.5 + view.shiftX() + cos * middleX - sin * middleY;
    double y = 0.5 + view.shiftY() + sin * middleX + cos * middleY;
    double reachX = Math.abs(cos) * halfX + Math.abs(sin) * halfY;
    double reachY = Math.abs(sin) * halfX + Math.abs(cos) * halfY;
    return new PixelBox(
        within((x - reachX) * size - 1, size),
        within((y - reachY) * size - 1, size),
        within((x + reachX) * size + 1, size),
        within((y + reachY) * size + 1, size));
  }

  private static int within(double pixel, int size) {
    return (int) Math.min(size - 1, Math.max(0, Math.floor(pixel)));
  }
}
