package io.nightjar.job.embed;

import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.decode.ImageDecoder;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.dataset.image.BilinearResize;
import io.nightjar.dataset.image.FileBytes;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.io.Sha256;
import org.apache.hadoop.conf.Configuration;

/** An image as its file has it. */
@SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared or used as a key
public record EncodedImage(ImageRef ref, byte[] bytes) {

  /**
   * Reads an image's file.
   *
   * @throws UnreadableFileException if it cannot be read
   */
  public static EncodedImage read(ImageRef ref, Configuration configuration)
      throws UnreadableFileException {
    return new EncodedImage(ref, FileBytes.read(ref.uri(), configuration));
  }

  /**
   * Decodes it and resizes it to a square of {@code imageSize}.
   *
   * @param white the sample that is white, where it has more than 8 bits
   */
  public LoadedImage decode(int imageSize, WhiteLevel white) throws UnreadableFileException {
    RgbImage decoded = ImageDecoder.decode(bytes, ref.uri(), white);
    RgbImage input = BilinearResize.resize(decoded, imageSize, imageSize);
    return new LoadedImage(ref, input, decoded.width(), decoded.height(), Sha256.of(bytes));
  }
}
