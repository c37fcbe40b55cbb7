package io.nightjar.dataset.demo.canvas;

/** A square image while it is painted: colours as real numbers, shapes with smooth edges. */
public final class Canvas {
  private final int size;
  private final float[][] planes;
  private View view = View.STRAIGHT;

  /** A black canvas of {@code size x size} pixels. */
  public Canvas(int size) {
    this.size = size;
    planes = new float[3][size * size];
  }

  int size() {
    return size;
  }

  /** Red, green or blue of every pixel, row by row. */
  float[] plane(int part) {
    return planes[part];
  }

  /** From now on scene coordinates are those of this view. */
  public void look(View from) {
    view = from;
  }

  /** The lamp as the current view sees it. */
  public Light light() {
    return view.light();
  }

  /** The width of one pixel in scene units. */
  public double pixel() {
    return 1 / (size * view.scale());
  }

  /** Paints the whole canvas. */
  public void fill(Ink ink) {
    fill(Shape.EVERYWHERE, ink);
  }

  /** Paints a shape with a sharp edge, opaquely. */
  public void fill(Shape shape, Ink ink) {
    fill(shape, 0, 1, ink);
  }

  /**
   * Paints a shape.
   *
   * @param softness the width over which its edge fades, half of it outside; at least one pixel
   * @param opacity 0 (invisible) to 1
   */
  public void fill(Shape shape, double softness, double opacity, Ink ink) {
    double edge = Math.max(pixel(), softness);
    double cos = view.cos() / view.scale();
    double sin = view.sin() / view.scale();
    PixelBox box = PixelBox.of(shape, edge, view, size);
    double[] rgb = new double[3];
    for (int row = box.top(); row <= box.bottom(); row++) {
      double down = (row + 0.5) / size - 0.5 - view.shiftY();
      for (int column = box.left(); column <= box.right(); column++) {
        double across = (column + 0.5) / size - 0.5 - view.shiftX();
        double x = cos * across + sin * down;
        double y = cos * down - sin * across;
        double cover = Numbers.clamp(0.5 - shape.distance().at(x, y) / edge);
        if (cover > 0) {
          double smooth = softness > 0 ? cover * cover * (3 - 2 * cover) : cover;
          ink.at(x, y, rgb);
          blend(row * size + column, rgb, smooth * opacity);
        }
      }
    }
  }

  /** A soft dark copy of the shape next to it: its shadow on the background, away from the lamp. */
  public void shadow(Shape shape, double height, double strength) {
    Light light = light();
    fill(
        shape.moved(-light.x() * height / light.z(), -light.y() * height / light.z()),
        2 * height,
        strength,
        Ink.flat(Rgb.BLACK));
  }

  private void blend(int at, double[] rgb, double opacity) {
    for (int part = 0; part < 3; part++) {
      float old = planes[part][at];
      planes[part][at] = (float) (old + (rgb[part] - old) * opacity);
    }
  }
}
