package io.nightjar.dataset;

import io.nightjar.dataset.decode.Dimensions;
import io.nightjar.dataset.decode.ImageDecoder;
import io.nightjar.dataset.decode.ImageHeader;
import io.nightjar.dataset.decode.PagedImageInputStream;
import io.nightjar.dataset.image.FileBytes;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.text.Text;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;

/**
 * Checks, before any pixel is decoded, whether an image and its mask can be used. Only the first 64
 * KiB of each file are read, and further pages of that size where the header continues there.
 */
public final class Inspection {
  private Inspection() {}

  /**
   * What an inspection finds of an image and its mask.
   *
   * @param reason why the image must be left out; empty where the headers are valid
   * @param mask what its mask holds, where that was asked for
   * @param largestSample of an image of more than 8 bits a sample, where that was asked for; else 0
   * @param labelImage whether a training image has so few colours as only {@link LabelImages} have
   * @param size of the image; 0 x 0 where it must be left out
   */
  public record Found(
      Optional<String> reason,
      MaskSummary mask,
      int largestSample,
      boolean labelImage,
      Dimensions size) {
    private static Found unusable(String reason) {
      return new Found(Optional.of(reason), MaskSummary.NONE, 0, false, new Dimensions(0, 0));
    }
  }

  /** What is seen of a file without decoding it. */
  private record Seen(ImageHeader header, boolean mayBeLabelImage) {}

  /**
   * Why the image must be left out: a file that is absent, empty, not an image, damaged in its
   * header or too large; a mask that is there and cannot be used, or of another size. Empty where
   * the headers are valid; truncated pixels are only found when they are decoded. A defective image
   * without a mask can be used: it has a label and a score.
   */
  public static Optional<String> reasonToQuarantine(ImageRef image, Configuration conf) {
    return of(image, false, false, conf).reason();
  }

  /**
   * Inspects an image and its mask.
   *
   * @param masks whether masks are decoded, for {@link MaskValues#AUTO}
   * @param samples whether images of more than 8 bits are decoded, for the choice of a white level
   */
  public static Found of(ImageRef image, boolean masks, boolean samples, Configuration conf) {
    ImageHeader header;
    int largest;
    boolean labelImage;
    try {
      Seen seen = seen(image, conf);
      header = seen.header();
      largest = samples && header.bits() > 8 ? largestSample(image.uri(), conf) : 0;
      labelImage = seen.mayBeLabelImage() && LabelImages.isOne(image.uri(), conf);
    } catch (UnreadableFileException e) {
      return Found.unusable(e.reason());
    }
    if (!image.isDefective() || !image.hasMask()) {
      // A mask that a good image has by mistake is not used.
      return new Found(Optional.empty(), MaskSummary.NONE, largest, labelImage, header.size());
    }
    return reasonOfMask(image, header.size(), conf)
        .map(Found::unusable)
        .orElseGet(
            () ->
                new Found(
                    Optional.empty(),
                    masks ? mask(image, conf) : MaskSummary.NONE,
                    largest,
                    labelImage,
                    header.size()));
  }

  private static Seen seen(ImageRef image, Configuration conf) throws UnreadableFileException {
    return FileBytes.open(
        image.uri(),
        conf,
        (in, length) -> {
          ImageHeader header = header(image.uri(), in, length);
          if (image.split() != Split.TRAIN) {
            return new Seen(header, false);
          }
          byte[] start = new byte[(int) Math.min(length, PagedImageInputStream.PAGE_BYTES)];
          in.readFully(0, start);
          return new Seen(header, LabelImages.mayBe(header.size(), length, start));
        });
  }

  private static int largestSample(String uri, Configuration conf) throws UnreadableFileException {
    return ImageDecoder.largestSample(FileBytes.read(uri, conf), uri);
  }

  /**
   * What a mask holds; nothing where it cannot be decoded, which quarantines it when it is used.
   */
  public static MaskSummary mask(ImageRef image, Configuration conf) {
    MaskSummary held = MaskSummary.NONE;
    try {
      for (String uri : image.maskUris()) {
        held = held.plus(MaskSummary.of(FileBytes.read(uri, conf), uri));
      }
      return held;
    } catch (UnreadableFileException e) {
      return MaskSummary.NONE;
    }
  }

  /**
   * Which file should be the mask of a defective image that has none, and what was found in its
   * place, as a part of a sentence.
   */
  public static String absentMask(ImageRef image) {
    if (image.maskRemark().startsWith(ImageRef.EXPECTED)) {
      return image.maskRemark();
    }
    String absent =
        maskStem(image)
            .map(stem -> Text.format("%s_mask.png is absent", stem))
            .orElse("its mask is absent");
    return image.maskRemark().isEmpty()
        ? absent
        : Text.format("%s; %s", absent, image.maskRemark());
  }

  private static Optional<String> reasonOfMask(
      ImageRef image, Dimensions size, Configuration conf) {
    for (String uri : image.maskUris()) {
      try {
        Dimensions mask = size(uri, conf);
        if (!mask.equals(size)) {
          return Optional.of(
              Text.format("The mask %s has %s pixels, its image %s.", uri, mask, size));
        }
      } catch (UnreadableFileException e) {
        return Optional.of(Text.format("The mask %s cannot be used. %s", e.uri(), e.reason()));
      }
    }
    return Optional.empty();
  }

  /**
   * An image's size, from its header.
   *
   * @throws UnreadableFileException where the file is absent, empty, not an image or too large
   */
  public static Dimensions size(String uri, Configuration conf) throws UnreadableFileException {
    return header(uri, conf).size();
  }

  private static ImageHeader header(String uri, Configuration conf) throws UnreadableFileException {
    return FileBytes.open(uri, conf, (in, length) -> header(uri, in, length));
  }

  static ImageHeader header(String uri, FSDataInputStream in, long length)
      throws UnreadableFileException {
    PagedImageInputStream pages =
        new PagedImageInputStream(
            length, (position, buffer, n) -> in.readFully(position, buffer, 0, n));
    return ImageDecoder.header(pages, uri);
  }

  /** Where MVTec AD's layout has the mask, without its suffix; empty for all other layouts. */
  private static Optional<String> maskStem(ImageRef image) {
    String path = ImageFiles.stem(image.relativePath());
    return path.startsWith("test/" + image.defect() + "/")
        ? Optional.of("ground_truth/" + path.substring("test/".length()))
        : Optional.empty();
  }
}
