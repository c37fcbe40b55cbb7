package io.nightjar.dataset;

import io.nightjar.dataset.decode.ImageDecoder;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.Collection;
import java.util.TreeSet;

/**
 * What the masks of a category hold, from which {@link MaskValues#AUTO} decides.
 *
 * @param faint pixels that are not 0 and not above 127, on the scale from 0 to 255
 * @param bright pixels above 127
 * @param faintMasks masks that have faint pixels and no bright one
 * @param smallest the smallest brightness of a pixel that is not 0; 256 where there is none
 * @param values different values that are not 0, at most {@value #MOST_VALUES}
 * @param coloured whether a value is a colour other than grey
 * @param brightest the brightest value in words, with the kind of its file
 * @param brightestLuma its brightness
 */
public record MaskSummary(
    long faint,
    long bright,
    int faintMasks,
    int smallest,
    Collection<Integer> values,
    boolean coloured,
    String brightest,
    int brightestLuma)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Masks that were blurred, resized or compressed as JPEG have more values than classes. */
  static final int MOST_VALUES = 33;

  /** Class numbers begin below; the levels of smoothed edges do not. */
  private static final int SMALL = 16;

  /** Of no mask. */
  public static final MaskSummary NONE =
      new MaskSummary(0, 0, 0, 256, new TreeSet<>(), false, "", -1);

  /**
   * What one mask's file holds.
   *
   * @param uri named in the error
   * @throws UnreadableFileException where the file is no readable image
   */
  public static MaskSummary of(byte[] encoded, String uri) throws UnreadableFileException {
    return of(new MaskPixels(ImageDecoder.stored(encoded, uri)));
  }

  static MaskSummary of(MaskPixels pixels) {
    long faint = 0;
    long bright = 0;
    int smallest = 256;
    int largest = -1;
    int largestValue = 0;
    boolean coloured = false;
    TreeSet<Integer> values = new TreeSet<>();
    int last = 0;
    int lastBrightness = pixels.brightness(0);
    for (int i = 0; i < pixels.count(); i++) {
      int value = pixels.value(i);
      if (value != last || i == 0) {
        last = value;
        lastBrightness = pixels.brightness(value);
        if (lastBrightness > largest || (lastBrightness == largest && value > largestValue)) {
          largest = lastBrightness;
          largestValue = value;
        }
        if (value != 0) {
          smallest = Math.min(smallest, lastBrightness);
          coloured |= pixels.isColoured(value);
          if (values.size() < MOST_VALUES) {
            values.add(value);
          }
        }
      }
      if (lastBrightness > Mask.THRESHOLD) {
        bright++;
      } else if (value != 0) {
        faint++;
      }
    }
    return new MaskSummary(
        faint,
        bright,
        faint > 0 && bright == 0 ? 1 : 0,
        smallest,
        values,
        coloured,
        Text.format("%s (%s)", pixels.name(largestValue), pixels.kind()),
        largest);
  }

  /** What these masks and others hold. */
  public MaskSummary plus(MaskSummary other) {
    TreeSet<Integer> all = new TreeSet<>(values);
    for (Integer value : other.values) {
      if (all.size() < MOST_VALUES) {
        all.add(value);
      }
    }
    MaskSummary brighter = other.brightestLuma > brightestLuma ? other : this;
    return new MaskSummary(
        faint + other.faint,
        bright + other.bright,
        faintMasks + other.faintMasks,
        Math.min(smallest, other.smallest),
        all,
        coloured || other.coloured,
        brighter.brightest,
        brighter.brightestLuma);
  }

  /**
   * The rule for all masks of the category. Where no pixel is faint both rules say the same, and
   * where none is bright every value counts. Of masks that have both, every value counts where they
   * are few, as classes are: colours, numbers from a small one on, or masks of 0 and 1 among masks
   * of 0 and 255. Else faint pixels are the edges of smoothed or compressed masks.
   */
  public MaskValues rule() {
    if (faint == 0) {
      return MaskValues.ABOVE_127;
    }
    boolean few = values.size() < MOST_VALUES;
    boolean classes = coloured || smallest < SMALL || faintMasks > 0;
    return bright == 0 || (few && classes) ? MaskValues.NONZERO : MaskValues.ABOVE_127;
  }

  /** Whether the rules differ on these masks. */
  public boolean isAmbiguous() {
    return faint > 0;
  }
}
