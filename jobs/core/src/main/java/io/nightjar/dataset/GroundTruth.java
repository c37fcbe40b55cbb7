package io.nightjar.dataset;

import io.nightjar.dataset.decode.Dimensions;
import io.nightjar.dataset.decode.ImageDecoder;
import io.nightjar.dataset.decode.StoredImage;
import io.nightjar.dataset.image.FileBytes;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.text.Text;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * The ground-truth mask of a test image.
 *
 * @param mask at its own size
 * @param encoded the bytes of the mask's file, of several one after the other; empty where no file
 *     was read: for a good image, whose mask marks no pixel, and for a defective image without a
 *     mask, of which {@code mask} has the size alone
 * @param defects the single defects, where the data set states their saturation areas: one for each
 *     value in each of the mask's files, whatever regions it consists of; they may overlap
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record GroundTruth(Mask mask, Optional<byte[]> encoded, List<Defect> defects) {

  /**
   * One defect.
   *
   * @param mask its pixels, at least one
   * @param saturationArea how many of them count as all of it, from 1 to their number
   */
  public record Defect(Mask mask, long saturationArea) {}

  /** Copies the defects. */
  public GroundTruth {
    defects = List.copyOf(defects);
  }

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
    return of(image, size, values, SaturationAreas.NONE, conf);
  }

  /**
   * The same, with the defects where their saturation areas are known.
   *
   * @throws UnreadableFileException also where a mask holds a value whose saturation is not stated
   */
  public static GroundTruth of(
      ImageRef image,
      Dimensions size,
      MaskValues values,
      SaturationAreas saturation,
      Configuration conf)
      throws UnreadableFileException {
    if (!image.isDefective() || !image.hasMask()) {
      return unmarked(size);
    }
    GroundTruth truth = ofDefective(image, values, saturation, conf);
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
    return new GroundTruth(Mask.empty(size.width(), size.height()), Optional.empty(), List.of());
  }

  /**
   * Reads the mask of a defective image that has one; the image itself is not read.
   *
   * @param values which mark a defect
   * @throws UnreadableFileException where the mask is not an image, or marks no pixel
   */
  public static GroundTruth ofDefective(ImageRef image, MaskValues values, Configuration conf)
      throws UnreadableFileException {
    return ofDefective(image, values, SaturationAreas.NONE, conf);
  }

  /**
   * The same, with the defects where their saturation areas are known.
   *
   * @throws UnreadableFileException also where a mask holds a value whose saturation is not stated
   */
  public static GroundTruth ofDefective(
      ImageRef image, MaskValues values, SaturationAreas saturation, Configuration conf)
      throws UnreadableFileException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    List<MaskPixels> read = new ArrayList<>();
    List<Defect> defects = new ArrayList<>();
    Mask mask = null;
    for (String uri : image.maskUris()) {
      byte[] bytes;
      Mask part;
      try {
        bytes = FileBytes.read(uri, conf);
        StoredImage stored = ImageDecoder.stored(bytes, uri);
        MaskPixels pixels = new MaskPixels(stored);
        read.add(pixels);
        part = Mask.of(stored, pixels, values);
        if (saturation.isKnown()) {
          defects.addAll(defects(part, pixels, saturation, uri));
        }
      } catch (UnreadableFileException e) {
        throw new UnreadableFileException(
            e.uri(), Text.format("The mask %s cannot be used. %s", e.uri(), e.reason()), e);
      }
      all.writeBytes(bytes);
      mask = mask == null ? part : union(mask, part, image, uri);
    }
    if (mask.positives() == 0) {
      throw new UnreadableFileException(image.maskUri(), empty(image.maskUri(), read));
    }
    return new GroundTruth(mask, Optional.of(all.toByteArray()), defects);
  }

  private static List<Defect> defects(
      Mask part, MaskPixels pixels, SaturationAreas saturation, String uri)
      throws UnreadableFileException {
    List<Defect> defects = new ArrayList<>();
    part.byValue(pixels, saturation.types().keySet(), uri)
        .forEach(
            (value, mask) ->
                defects.add(new Defect(mask, saturation.types().get(value).of(mask.positives()))));
    return defects;
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

  private static String empty(String uri, List<MaskPixels> read) {
    MaskSummary held =
        read.stream().map(MaskSummary::of).reduce(MaskSummary.NONE, MaskSummary::plus);
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
