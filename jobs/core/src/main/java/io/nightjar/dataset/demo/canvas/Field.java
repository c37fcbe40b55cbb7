package io.nightjar.dataset.demo.canvas;

/** A number at every point of a scene: a height, a distance, a brightness. */
@FunctionalInterface
public interface Field {
  /** The number at a point, in scene units. */
  double at(double x, double y);
}
