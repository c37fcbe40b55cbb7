package io.nightjar.job.embed;

import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.dataset.image.UnreadableFileException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * The images of one task in order, up to one batch ahead of their use.
 *
 * <p>Next to a GPU, whose backbone leaves the cores alone, images are read and decoded ahead. Where
 * the backbone computes on the cores, they are only read ahead, which hides the latency of the
 * storage: more threads than cores that compute would gain nothing.
 */
final class ImageLoading implements AutoCloseable {
  /** Threads that wait for storage: enough for a store that answers in a fifth of a second. */
  private static final int READERS = 2;

  private final Prefetch<Step> prefetch;

  /** What is left to do when the image is asked for. */
  private interface Step {
    LoadedImage finish() throws UnreadableFileException;
  }

  private ImageLoading(Prefetch<Step> prefetch) {
    this.prefetch = prefetch;
  }

  /** Reads ahead; an image is decoded when it is asked for. */
  static ImageLoading readAhead(
      List<Chunk> chunks,
      EmbeddingSpec spec,
      WhiteLevel white,
      int ahead,
      Configuration configuration,
      BooleanSupplier cancelled) {
    return new ImageLoading(
        new Prefetch<>(
            steps(
                chunks,
                ref -> {
                  EncodedImage encoded = EncodedImage.read(ref, configuration);
                  return () -> encoded.decode(spec, white);
                }),
            ahead,
            READERS,
            cancelled));
  }

  /** Reads and decodes ahead. */
  static ImageLoading decodeAhead(
      List<Chunk> chunks,
      EmbeddingSpec spec,
      WhiteLevel white,
      int ahead,
      int threads,
      Configuration configuration,
      BooleanSupplier cancelled) {
    return new ImageLoading(
        new Prefetch<>(
            steps(
                chunks,
                ref -> {
                  LoadedImage image = EncodedImage.read(ref, configuration).decode(spec, white);
                  return () -> image;
                }),
            ahead,
            threads,
            cancelled));
  }

  /**
   * The next image of the chunks.
   *
   * @throws UnreadableFileException where its file cannot be used; the next call gives the next one
   */
  LoadedImage next() throws UnreadableFileException {
    return prefetch.next().finish();
  }

  @Override
  public void close() {
    prefetch.close();
  }

  private interface Ahead {
    Step of(ImageRef ref) throws UnreadableFileException;
  }

  private static Iterator<Callable<Step>> steps(List<Chunk> chunks, Ahead ahead) {
    Stream<ImageRef> refs = chunks.stream().flatMap(chunk -> chunk.images().stream());
    return refs.map(ref -> (Callable<Step>) () -> ahead.of(ref)).iterator();
  }
}
