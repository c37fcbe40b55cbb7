package io.nightjar.dataset.demo.scene;

import java.util.List;

/** The fifteen categories, in MVTec AD's order. */
public final class Scenes {
  /** One scene for each category. */
  public static final List<Scene> ALL =
      List.of(
          new Carpet(),
          new Grid(),
          new Leather(),
          new Tile(),
          new Wood(),
          new Bottle(),
          new Cable(),
          new Capsule(),
          new Hazelnut(),
          new MetalNut(),
          new Pill(),
          new Screw(),
          new Toothbrush(),
          new Transistor(),
          new Zipper());

  private Scenes() {}
}
