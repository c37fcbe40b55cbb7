package io.nightjar.job.evaluate;

import io.nightjar.dataset.MaskSummary;
import io.nightjar.dataset.MaskValues;
import io.nightjar.dataset.SaturationAreas;
import io.nightjar.text.Text;
import java.util.List;

/**
 * Which values of a category's masks mark a defect, and what the reader learns of it.
 *
 * @param asked what the options say
 */
record MaskRule(MaskValues asked) {

  /** Where a data set names its values one by one, each of them marks a defect unless asked. */
  static MaskRule of(MaskValues asked, SaturationAreas saturation) {
    return new MaskRule(
        asked == MaskValues.AUTO && saturation.isKnown() ? MaskValues.NONZERO : asked);
  }

  /** Whether the masks must be looked at before they are used. */
  boolean asksMasks() {
    return asked == MaskValues.AUTO;
  }

  /** The rule for masks that hold this. */
  MaskValues resolve(MaskSummary masks) {
    return asksMasks() ? masks.rule() : asked;
  }

  /** What was decided, where another rule would have marked other pixels. */
  List<String> notes(MaskSummary masks) {
    if (!asksMasks() || !masks.isAmbiguous()) {
      return List.of();
    }
    return masks.rule() == MaskValues.NONZERO
        ? List.of(
            Text.format(
                "Every value but 0 of the masks marks a defect (--mask-values auto found %s as the brightest value).",
                masks.brightest()))
        : List.of(
            Text.format(
                "Values above 127 of the masks mark a defect (--mask-values auto found smooth edges: %d of %d pixels that are not 0 are darker and count as normal).",
                masks.faint(), masks.faint() + masks.bright()));
  }
}
