package io.nightjar.dataset.demo.scene;

import io.nightjar.dataset.demo.canvas.Canvas;
import io.nightjar.dataset.demo.canvas.Variation;
import io.nightjar.dataset.demo.flaw.Flaw;
import java.util.List;

/** What the pictures of one category show. */
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
   * Paints one picture.
   *
   * @param variation what differs from picture to picture; a scene draws the same numbers from it
   *     whatever the flaw
   */
  void paint(Canvas canvas, Variation variation, Flaw flaw);
}
