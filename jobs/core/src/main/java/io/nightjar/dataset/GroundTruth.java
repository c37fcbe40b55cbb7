package io.nightjar.dataset;

import io.nightjar.dataset.decode.Dimensions;
import io.nightjar.dataset.image.FileBytes;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.text.Text;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * The ground-truth mask of a test image.
 *
 * @param mask at its own size
 * @param encoded the bytes of the mask's file, of several one after the other; empty for a good
 *     image, whose mask marks no pixel
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record GroundTruth(Mask mask, Optional<byte[]> encoded) {

  /**
   * Reads the mask of an image whose size is known.
   *
   * @throws UnreadableFileException where a defective image's mask is missing, not an image, of
   *     another size, or marks no pixel
   */
  public static GroundTruth of(ImageRef image, Dimensions size, Configuration conf)
      throws UnreadableFileException {
    if (!image.isDefective()) {
      return good(size);
    }
    GroundTruth truth = ofDefective(image, conf);
    Mask mask = truth.mask;
    if (mask.width() != size.width() || mask.height() != size.height()) {
      throw new UnreadableFileException(
          image.maskUri(),
          Text.format(
              "The mask has %d x %d pixels, its image %s.", mask.width(), mask.height(), size));
    }
    return truth;
  }

  /** The mask of a good image: no pixel is marked. */
  public static GroundTruth good(Dimensions size) {
    return new GroundTruth(Mask.empty(size.width(), size.height()), Optional.empty());
  }

  /**
   * Reads the mask of a defective image; the image itself is not read.
   *
   * @throws UnreadableFileException where the mask is missing, not an image, or marks no pixel
   */
  public static GroundTruth ofDefective(ImageRef image, Configuration conf)
      throws UnreadableFileException {
    if (!image.hasMask()) {
      throw new UnreadableFileException(image.uri(), Inspection.withoutMask(image));
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Mask mask = null;
    for (String uri : image.maskUris()) {
      byte[] bytes;
      Mask part;
      try {
        bytes = FileBytes.read(uri, conf);
        part = Mask.decode(bytes, uri);
      } catch (UnreadableFileException e) {
        throw new UnreadableFileException(
            e.uri(), Text.format("The mask %s cannot be used. %s", e.uri(), e.reason()), e);
      }
      all.writeBytes(bytes);
      mask = mask == null ? part : union(mask, part, image, uri);
    }
    if (mask.positives() == 0) {
      throw new UnreadableFileException(
          image.maskUri(),
          Text.format(
              "The mask %s of a defective image is empty: no pixel is above 127.",
              image.maskUri()));
    }
    return new GroundTruth(mask, Optional.of(all.toByteArray()));
  }

  private static Mask union(Mask mask, Mask part, ImageRef image, String uri)
      throws UnreadableFileException {
    if (mask.width() != part.width() || mask.height() != part.height()) {
      throw new UnreadableFileException(
          uri,
          Text.format(
              "The mask %s has %d x %d pixels, %s of the same image %d x %d.",
              uri, part.width(), part.height(), image.maskUri(), mask.width(), mask.height()));
    }
    return mask.union(part);
  }
}
