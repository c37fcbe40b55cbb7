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
    String sentence =
        Text.format("The defective image has no mask: %s_mask.png is absent", maskStem(image));
    return image.maskRemark().isEmpty()
        ? sentence + "."
        : Text.format("%s; %s.", sentence, image.maskRemark());
  }

  private static Optional<String> reasonOfMask(
      ImageRef image, Dimensions size, Configuration conf) {
    try {
      Dimensions mask = size(image.maskUri(), conf);
      return mask.equals(size)
          ? Optional.empty()
          : Optional.of(
              Text.format("The mask %s has %s pixels, its image %s.", image.maskUri(), mask, size));
    } catch (UnreadableFileException e) {
      return Optional.of(Text.format("The mask %s cannot be used. %s", e.uri(), e.reason()));
    }
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

  /** Where a mask is expected, without its suffix: as the image is below its kind of defect. */
  private static String maskStem(ImageRef image) {
    String path = ImageFiles.stem(image.relativePath());
    String folder = "test/" + image.defect() + "/";
    return "ground_truth/" + (path.startsWith(folder) ? path.substring("test/".length()) : path);
  }
}
