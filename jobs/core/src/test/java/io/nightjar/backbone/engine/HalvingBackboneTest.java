package io.nightjar.backbone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.patch.LinearReduction;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.testing.TinyDataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Native memory that does not suffice for a batch. */
class HalvingBackboneTest {
  private static final BackboneModel MODEL = TinyDataset.backbone();
  private static final DeviceChoice CPU =
      DeviceChoice.of(DeviceRequest.CPU, List.of(), true, id -> Optional.empty());

  /** ONNX Runtime, as if memory sufficed for some images alone. */
  private static final class Small implements LoadedBackbone {
    private final LoadedBackbone whole = OnnxRuntimeBackbone.load(MODEL, Output.MAPS, CPU, 1);
    private final int most;
    private final Throwable failure;
    private final List<Integer> asked = new ArrayList<>();

    Small(int most, Throwable failure) {
      this.most = most;
      this.failure = failure;
    }

    @Override
    public List<float[]> embed(
        List<RgbImage> images, Output output, Optional<LinearReduction> reduction) {
      asked.add(images.size());
      if (images.size() <= most) {
        return whole.embed(images, output, reduction);
      }
      if (failure instanceof OutOfMemoryError error) {
        throw error;
      }
      throw (RuntimeException) failure;
    }

    @Override
    public void close() {
      whole.close();
    }
  }

  private static List<RgbImage> images(int count) {
    Random random = new Random(4);
    int size = MODEL.spec().imageSize().height();
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              byte[] pixels = new byte[3 * size * size];
              random.nextBytes(pixels);
              return new RgbImage(size, size, pixels);
            })
        .toList();
  }

  private static List<float[]> embed(LoadedBackbone backbone, List<RgbImage> images) {
    return backbone.embed(images, LoadedBackbone.Output.MAPS, Optional.empty());
  }

  @Test
  void halvesGiveTheValuesOfTheWholeBatch() {
    List<RgbImage> images = images(7);
    Small small =
        new Small(2, new IllegalStateException("x", new RuntimeException("std::bad_alloc")));
    try (LoadedBackbone whole =
            OnnxRuntimeBackbone.load(MODEL, LoadedBackbone.Output.MAPS, CPU, 1);
        HalvingBackbone halving = new HalvingBackbone(small)) {
      List<float[]> expected = embed(whole, images);

      List<float[]> found = embed(halving, images);

      assertThat(found).hasSameSizeAs(expected);
      for (int level = 0; level < expected.size(); level++) {
        assertThat(found.get(level)).containsExactly(expected.get(level));
      }
      assertThat(small.asked).containsExactly(7, 4, 2, 2, 2, 1);
      small.asked.clear();
      embed(halving, images(3));
      assertThat(small.asked).containsExactly(2, 1);
    }
  }

  @Test
  void oneImageThatDoesNotFitIsASentenceAndNoFatalError() {
    OutOfMemoryError failure = new OutOfMemoryError("Cannot allocate 4096 bytes");
    try (HalvingBackbone halving = new HalvingBackbone(new Small(0, failure))) {
      assertThatThrownBy(() -> embed(halving, images(2)))
          .isInstanceOf(IllegalStateException.class)
          .hasNoCause()
          .hasMessage(
              "Native memory does not suffice to embed one image (Cannot allocate 4096 bytes); give the"
                  + " process more memory outside its heap (a smaller -Xmx, or a larger"
                  + " spark.executor.memoryOverhead), or run fewer tasks at once.");
    }
  }

  @Test
  void otherFailuresAreThrownAsTheyAre() {
    for (Throwable failure :
        List.of(new IllegalStateException("status 2"), new OutOfMemoryError("Java heap space"))) {
      Small small = new Small(0, failure);
      try (HalvingBackbone halving = new HalvingBackbone(small)) {
        assertThatThrownBy(() -> embed(halving, images(2))).isSameAs(failure);
        assertThat(small.asked).containsExactly(2);
      }
    }
  }

  @Test
  void theWordsOfTheAllocators() {
    for (String message :
        List.of(
            "oneDNN 1.6.2 could not run an operation: out of memory",
            "Cannot allocate 128 bytes",
            "Cannot reserve 8 bytes of direct buffer memory (allocated: 1, limit: 2)",
            "Failed to allocate memory for requested buffer of size 8",
            "CUDA failure 2: out of memory ; GPU=0",
            "CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED")) {
      assertThat(
              HalvingBackbone.exhausted(
                  new CompletionException(new IllegalStateException(message))))
          .contains(message);
    }
    assertThat(HalvingBackbone.exhausted(new OutOfMemoryError("Java heap space"))).isEmpty();
  }
}
