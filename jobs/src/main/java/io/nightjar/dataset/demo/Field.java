package io.nightjar.dataset.demo;

/** A number at every point of a scene: a height, a distance, a brightness. */
@FunctionalInterface
interface Field {
  double at(double x, double y);
}
