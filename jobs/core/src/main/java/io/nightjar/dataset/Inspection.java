package io.nightjar.dataset;

import io.nightjar.dataset.decode.Dimensions;
import io.nightjar.dataset.decode.ImageDecoder;
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
   * Why the image must be left out: a file that is absent, empty, not an image, damaged in its
   * header or too large; a defective image without a mask; a mask of another size. Empty where the
   * headers are valid; truncated pixels are only found when they are decoded.
   */
  public static Optional<String> reasonToQuarantine(ImageRef image, Configuration conf) {
    Dimensions size;
    try {
      size = size(image.uri(), conf);
    } catch (UnreadableFileException e) {
      return Optional.of(e.reason());
    }
    if (!image.isDefective()) {
      return Optional.empty(); // a mask that a good image has by mistake is not used
    }
    return image.hasMask() ? reasonOfMask(image, size, conf) : Optional.of(withoutMask(image));
  }

  /** A sentence that says that a defective image has no mask, and which file it should be. */
  static String withoutMask(ImageRef image) {
    if (image.maskRemark().startsWith(ImageRef.EXPECTED)) {
      return Text.format("The defective image has no mask: %s.", image.maskRemark());
    }
    String expected =
        maskStem(image).map(stem -> Text.format(": %s_mask.png is absent", stem)).orElse("");
    String found = image.maskRemark().isEmpty() ? "" : "; " + image.maskRemark();
    return "The defective image has no mask" + expected + found + ".";
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
    return FileBytes.open(uri, conf, (in, length) -> size(uri, in, length));
  }

  static Dimensions size(String uri, FSDataInputStream in, long length)
      throws UnreadableFileException {
    PagedImageInputStream pages =
        new PagedImageInputStream(
            length, (position, buffer, n) -> in.readFully(position, buffer, 0, n));
    return ImageDecoder.dimensions(pages, uri);
  }

  /** Where MVTec AD's layout has the mask, without its suffix; empty for all other layouts. */
  private static Optional<String> maskStem(ImageRef image) {
    String path = ImageFiles.stem(image.relativePath());
    return path.startsWith("test/" + image.defect() + "/")
        ? Optional.of("ground_truth/" + path.substring("test/".length()))
        : Optional.empty();
  }
}
