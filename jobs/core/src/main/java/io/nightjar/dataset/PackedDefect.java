package io.nightjar.dataset;

import java.io.Serializable;

/**
 * A defect whose saturation area is known, in the form in which it is sent between processes.
 *
 * @param mask its pixels, at least one
 * @param saturationArea how many of them count as all of it, from 1 to their number
 */
public record PackedDefect(PackedMask mask, long saturationArea) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Packs a defect. */
  public static PackedDefect of(GroundTruth.Defect defect) {
    return new PackedDefect(defect.mask().pack(), defect.saturationArea());
  }

  /** The defect that was packed. */
  public GroundTruth.Defect unpack() {
    return new GroundTruth.Defect(mask.unpack(), saturationArea);
  }
}
