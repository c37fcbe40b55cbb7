package io.nightjar.backbone.engine;

import io.nightjar.backbone.patch.LinearReduction;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A backbone that embeds a batch in halves where native memory does not suffice for all of it, down
 * to one image; later batches begin with the size that sufficed. The values of an image do not
 * depend on its batch, so they are the same.
 */
final class HalvingBackbone implements LoadedBackbone {
  private static final Logger LOG = LoggerFactory.getLogger(HalvingBackbone.class);

  /** What allocators say: of JNA, the JDK, JavaCPP, oneDNN, ONNX Runtime, CUDA and C++. */
  private static final List<String> EXHAUSTED =
      List.of(
          "Cannot allocate",
          "Cannot reserve",
          "Direct buffer memory",
          "Physical memory usage is too high",
          "Failed to allocate memory",
          "out of memory",
          "OUT_OF_MEMORY",
          "ALLOC_FAILED",
          "bad_alloc",
          "bad allocation");

  private final LoadedBackbone backbone;
  private volatile int most = Integer.MAX_VALUE;

  HalvingBackbone(LoadedBackbone backbone) {
    this.backbone = backbone;
  }

  /**
   * As the backbone itself does.
   *
   * @throws IllegalStateException if native memory does not suffice for one image
   */
  @Override
  public List<float[]> embed(
      List<RgbImage> images, Output output, Optional<LinearReduction> reduction) {
    int size = Math.min(most, images.size());
    if (size < images.size()) {
      return joined(
          embed(images.subList(0, size), output, reduction),
          embed(images.subList(size, images.size()), output, reduction));
    }
    try {
      return backbone.embed(images, output, reduction);
    } catch (RuntimeException | OutOfMemoryError e) {
      Optional<String> reason = exhausted(e);
      if (reason.isEmpty()) {
        throw e;
      }
      if (images.size() == 1) {
        // Without a cause: Spark ends the whole process where that is an OutOfMemoryError.
        throw new IllegalStateException(
            Text.format(
                "Native memory does not suffice to embed one image (%s); give the process more memory"
                    + " outside its heap (a smaller -Xmx, or a larger spark.executor.memoryOverhead), or"
                    + " run fewer tasks at once.",
                reason.get()));
      }
      most = Math.min(most, (images.size() + 1) / 2);
      LOG.warn(
          "Native memory does not suffice to embed {} images at once ({}); {} are embedded at once",
          images.size(),
          reason.get(),
          most);
      return embed(images, output, reduction);
    }
  }

  /** How an allocator put that native memory, not the Java heap, is used up; empty otherwise. */
  static Optional<String> exhausted(Throwable failure) {
    List<String> messages = new ArrayList<>();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null) {
        messages.add(cause.getMessage().lines().findFirst().orElse(""));
      }
    }
    return messages.stream()
        .filter(message -> EXHAUSTED.stream().anyMatch(message::contains))
        .reduce((outer, inner) -> inner);
  }

  private static List<float[]> joined(List<float[]> first, List<float[]> second) {
    List<float[]> all = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      float[] values = new float[first.get(i).length + second.get(i).length];
      System.arraycopy(first.get(i), 0, values, 0, first.get(i).length);
      System.arraycopy(second.get(i), 0, values, first.get(i).length, second.get(i).length);
      all.add(values);
    }
    return all;
  }

  @Override
  public void close() {
    backbone.close();
  }
}
