package io.nightjar.dataset;

import io.nightjar.dataset.decode.Dimensions;
import io.nightjar.dataset.decode.ImageDecoder;
import io.nightjar.dataset.decode.StoredImage;
import io.nightjar.dataset.image.FileBytes;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.text.Text;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * The ground-truth mask of a test image.
 *
 * @param mask at its own size
 * @param encoded the bytes of the mask's file; empty where no file was read: for a good image,
 *     whose mask marks no pixel, and for a defective image without a mask, of which {@code mask}
 *     has the size alone
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record GroundTruth(Mask mask, Optional<byte[]> encoded) {

  /**
   * Reads the mask of an image whose size is known, where there is one to read.
   *
   * @param values which mark a defect
   * @throws UnreadableFileException where a defective image's mask is not an image, of another
   *     size, or marks no pixel
   */
  public static GroundTruth of(
      ImageRef image, Dimensions size, MaskValues values, Configuration conf)
      throws UnreadableFileException {
    if (!image.isDefective() || !image.hasMask()) {
      return unmarked(size);
    }
    GroundTruth truth = ofDefective(image, values, conf);
    Mask mask = truth.mask;
    if (mask.width() != size.width() || mask.height() != size.height()) {
      throw new UnreadableFileException(
          image.maskUri(),
          Text.format(
              "The mask has %d x %d pixels, its image %s.", mask.width(), mask.height(), size));
    }
    return truth;
  }

  /** Of an image without a mask to read: no pixel is marked. */
  public static GroundTruth unmarked(Dimensions size) {
    return new GroundTruth(Mask.empty(size.width(), size.height()), Optional.empty());
  }

  /**
   * Reads the mask of a defective image that has one; the image itself is not read.
   *
   * @param values which mark a defect
   * @throws UnreadableFileException where the mask is not an image, or marks no pixel
   */
  public static GroundTruth ofDefective(ImageRef image, MaskValues values, Configuration conf)
      throws UnreadableFileException {
    byte[] bytes;
    Mask mask;
    MaskPixels pixels;
    try {
      bytes = FileBytes.read(image.maskUri(), conf);
      StoredImage stored = ImageDecoder.stored(bytes, image.maskUri());
      pixels = new MaskPixels(stored);
      mask = Mask.of(stored, pixels, values);
    } catch (UnreadableFileException e) {
      throw new UnreadableFileException(
          e.uri(), Text.format("The mask %s cannot be used. %s", e.uri(), e.reason()), e);
    }
    if (mask.positives() == 0) {
      throw new UnreadableFileException(image.maskUri(), empty(image.maskUri(), pixels));
    }
    return new GroundTruth(mask, Optional.of(bytes));
  }

  private static String empty(String uri, MaskPixels pixels) {
    MaskSummary held = MaskSummary.of(pixels);
    return held.faint() == 0
        ? Text.format(
            "The mask %s of a defective image is empty: its largest value is %s.",
            uri, held.brightest())
        : Text.format(
            "The mask %s of a defective image is empty: its largest value is %s, which is %d of 255,"
                + " and values above 127 mark defects; use --mask-values nonzero, or save it with 0"
                + " and 255.",
            uri, held.brightest(), held.brightestLuma());
  }
}
