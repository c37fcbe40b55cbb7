package io.nightjar.dataset.demo.scene;

import io.nightjar.dataset.demo.canvas.Canvas;
import io.nightjar.dataset.demo.canvas.Variation;
import io.nightjar.dataset.demo.flaw.Flaw;
import java.util.List;

/** What the images of one category show. */
public sealed interface Scene
    permits Carpet,
        Grid,
        Leather,
        Tile,
        Wood,
        Bottle,
        Cable,
        Capsule,
        Hazelnut,
        MetalNut,
        Pill,
        Screw,
        Toothbrush,
        Transistor,
        Zipper {

  /** MVTec AD's name of the category. */
  String category();

  /** The defect types, at least two, sorted. */
  List<String> defects();

  /**
   * Paints one image.
   *
   * @param variation what differs from image to image; a scene draws the same numbers from it
   *     whatever the defect
   */
  void paint(Canvas canvas, Variation variation, Flaw flaw);
}
