package io.nightjar.dataset.demo;

import io.nightjar.dataset.demo.canvas.Camera;
import io.nightjar.dataset.demo.canvas.Canvas;
import io.nightjar.dataset.demo.canvas.Picture;
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
 * One picture of the data set: which scene, where it goes, and its own seeds.
 *
 * @param split "train" or "test"
 * @param defect one of the scene's defects, or {@link Flaw#GOOD}
 */
record Shot(Scene scene, String split, String defect, int index, int size, long seed) {
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
    defective.picture().write(Files.createDirectories(folder).resolve(stem + ".png"));
    defective.mask().write(Files.createDirectories(masks).resolve(stem + "_mask.png"));
  }

  /** The picture without the defect, which is what a good one looks like. */
  Picture good() {
    return paint(new Flaw(Flaw.GOOD, new Variation(0)));
  }

  /** The picture with its defect, placed anew until the camera sees it. */
  Defective defective() {
    Picture good = good();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long flawSeed = Seeds.derive(imageSeed(), "flaw " + attempt);
      Picture flawed = paint(new Flaw(defect, new Variation(flawSeed)));
      DefectMask mask = DefectMask.between(good, flawed);
      if (mask.visible()) {
        return new Defective(flawed, mask);
      }
    }
    throw new IllegalStateException(
        Text.format(
            "The defect %s of %s stayed invisible at %d pixels", defect, scene.category(), size));
  }

  private Picture paint(Flaw flaw) {
    Canvas canvas = new Canvas(size);
    scene.paint(canvas, new Variation(Seeds.derive(imageSeed(), "scene")), flaw);
    return new Camera(Seeds.derive(imageSeed(), "camera")).expose(canvas);
  }

  private long imageSeed() {
    return Seeds.derive(seed, Text.format("%s/%s/%s/%d", scene.category(), split, defect, index));
  }

  /** A picture with a defect, and where the defect is. */
  record Defective(Picture picture, DefectMask mask) {}
}
