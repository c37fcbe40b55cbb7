package io.nightjar.dataset.demo;

import io.nightjar.dataset.demo.canvas.Camera;
import io.nightjar.dataset.demo.canvas.Canvas;
import io.nightjar.dataset.demo.canvas.PaintedImage;
import io.nightjar.dataset.demo.canvas.Seeds;
import io.nightjar.dataset.demo.canvas.Variation;
import io.nightjar.dataset.demo.flaw.DefectMask;
import io.nightjar.dataset.demo.flaw.Flaw;
import io.nightjar.dataset.demo.scene.Scene;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One image of the data set: its scene, where it is stored, and its own seeds.
 *
 * @param split "train" or "test"
 * @param defect one of the scene's defects, or {@link Flaw#GOOD}
 */
record DemoImage(Scene scene, String split, String defect, int index, int size, long seed) {
  private static final int ATTEMPTS = 50;

  void write(Path directory) throws IOException {
    Path folder = directory.resolve(scene.category()).resolve(split).resolve(defect);
    String stem = Text.format("%03d", index);
    if (defect.equals(Flaw.GOOD)) {
      good().write(Files.createDirectories(folder).resolve(stem + ".png"));
      return;
    }
    Path masks = directory.resolve(scene.category()).resolve("ground_truth").resolve(defect);
    Defective defective = defective();
    defective.image().write(Files.createDirectories(folder).resolve(stem + ".png"));
    defective.mask().write(Files.createDirectories(masks).resolve(stem + "_mask.png"));
  }

  /** The image without the defect, which is what a good one looks like. */
  PaintedImage good() {
    return paint(new Flaw(Flaw.GOOD, new Variation(0)));
  }

  /** The image with its defect, placed again until it is visible. */
  Defective defective() {
    PaintedImage good = good();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long flawSeed = Seeds.derive(imageSeed(), "flaw " + attempt);
      PaintedImage flawed = paint(new Flaw(defect, new Variation(flawSeed)));
      DefectMask mask = DefectMask.between(good, flawed);
      if (mask.visible()) {
        return new Defective(flawed, mask);
      }
    }
    throw new IllegalStateException(
        Text.format(
            "The defect %s of %s stayed invisible at %d pixels", defect, scene.category(), size));
  }

  private PaintedImage paint(Flaw flaw) {
    Canvas canvas = new Canvas(size);
    scene.paint(canvas, new Variation(Seeds.derive(imageSeed(), "scene")), flaw);
    return new Camera(Seeds.derive(imageSeed(), "camera")).expose(canvas);
  }

  private long imageSeed() {
    return Seeds.derive(seed, Text.format("%s/%s/%s/%d", scene.category(), split, defect, index));
  }

  /** A image with a defect, and where the defect is. */
  record Defective(PaintedImage image, DefectMask mask) {}
}
