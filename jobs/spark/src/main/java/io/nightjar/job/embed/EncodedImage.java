package io.nightjar.job.embed;

import io.nightjar.backbone.engine.NetworkInputs;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.dataset.image.FileBytes;
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
   * Decodes it once and resizes it, or each of its tiles, to all sizes that the network takes.
   *
   * @param white the sample that is white, where it has more than 8 bits
   */
  public LoadedImage decode(EmbeddingSpec spec, WhiteLevel white) throws UnreadableFileException {
    NetworkInputs inputs = NetworkInputs.decode(bytes, ref.uri(), white, spec);
    return new LoadedImage(ref, inputs.images(), inputs.width(), inputs.height(), Sha256.of(bytes));
  }
}
