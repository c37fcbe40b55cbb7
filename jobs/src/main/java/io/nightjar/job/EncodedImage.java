package io.nightjar.job;

import io.nightjar.backbone.Sha256;
import io.nightjar.dataset.BilinearResize;
import io.nightjar.dataset.DefectiveFileException;
import io.nightjar.dataset.FileBytes;
import io.nightjar.dataset.ImageDecoder;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.RgbImage;
import org.apache.hadoop.conf.Configuration;

/** An image as its file has it. */
@SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared or used as a key
record EncodedImage(ImageRef ref, byte[] bytes) {

  static EncodedImage read(ImageRef ref, Configuration configuration)
      throws DefectiveFileException {
    return new EncodedImage(ref, FileBytes.read(ref.uri(), configuration));
  }

  /** Decodes it and resizes it to a square of {@code imageSize}. */
  LoadedImage decode(int imageSize) throws DefectiveFileException {
    RgbImage picture = ImageDecoder.decode(bytes, ref.uri());
    RgbImage input = BilinearResize.resize(picture, imageSize, imageSize);
    return new LoadedImage(ref, input, picture.width(), picture.height(), Sha256.of(bytes));
  }
}
