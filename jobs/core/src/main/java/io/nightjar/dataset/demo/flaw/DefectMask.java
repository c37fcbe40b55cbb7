package io.nightjar.dataset.demo.flaw;

import io.nightjar.dataset.demo.canvas.PaintedImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

/** The pixels that a defect changed, with the pinholes between them closed. */
public final class DefectMask {
  /** What a person notices: a change by this many grey levels in this fraction of the pixels. */
  private static final int NOTICEABLE = 24;

  private static final double NOTICEABLE_FRACTION = 0.0006;

  private final int size;
  private final boolean[] changed;
  private final boolean visible;

  private DefectMask(int size, boolean[] changed, boolean visible) {
    this.size = size;
    this.changed = changed;
    this.visible = visible;
  }

  /** The mask of the pixels that differ between an image without and one with a defect. */
  public static DefectMask between(PaintedImage good, PaintedImage flawed) {
    int size = good.size();
    boolean[] changed = new boolean[size * size];
    int noticeable = 0;
    for (int at = 0; at < changed.length; at++) {
      int change = 0;
      for (int part = 0; part < 3; part++) {
        int before = good.pixels()[3 * at + part] & 0xff;
        int after = flawed.pixels()[3 * at + part] & 0xff;
        change = Math.max(change, Math.abs(after - before));
      }
      changed[at] = change > 0;
      if (change >= NOTICEABLE) {
        noticeable++;
      }
    }
    boolean visible = noticeable >= Math.max(4, NOTICEABLE_FRACTION * size * size);
    return new DefectMask(size, closed(changed, size), visible);
  }

  /** Whether a person would notice the defect. */
  public boolean visible() {
    return visible;
  }

  /** Whether the pixel at column x and row y is marked. */
  public boolean at(int x, int y) {
    return changed[y * size + x];
  }

  /** An 8-bit grey PNG, 255 where the defect is and 0 elsewhere. */
  public void write(Path file) throws IOException {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        image.getRaster().setSample(x, y, 0, at(x, y) ? 255 : 0);
      }
    }
    PaintedImage.writePng(image, file);
  }

  /** Morphological closing by 5 x 5: only ever adds pixels. */
  private static boolean[] closed(boolean[] mask, int size) {
    boolean[] grown = spread(spread(mask, size, true), size, true);
    boolean[] result = spread(spread(grown, size, false), size, false);
    for (int at = 0; at < mask.length; at++) {
      result[at] |= mask[at];
    }
    return result;
  }

  /** Sets to {@code value} every pixel that has a neighbour of that value. */
  private static boolean[] spread(boolean[] mask, int size, boolean value) {
    boolean[] result = mask.clone();
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        for (int j = Math.max(0, y - 1); j <= Math.min(size - 1, y + 1); j++) {
          for (int i = Math.max(0, x - 1); i <= Math.min(size - 1, x + 1); i++) {
            if (mask[j * size + i] == value) {
              result[y * size + x] = value;
            }
          }
        }
      }
    }
    return result;
  }
}
