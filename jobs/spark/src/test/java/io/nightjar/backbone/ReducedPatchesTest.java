package io.nightjar.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.backbone.engine.Embedder;
import io.nightjar.backbone.engine.Frobenius;
import io.nightjar.backbone.engine.TinyImages;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.patch.LinearReduction;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.testing.TinyDataset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The reduction in the graph against the same reduction of the patches that the graph gives. */
class ReducedPatchesTest {
  /** Stages of 20, 10, 5 and 3 pixels: two shrink to the grid, one lies on it, one is enlarged. */
  private static final EmbeddingSpec SPEC =
      new EmbeddingSpec(Architecture.RESNET18, List.of(1, 2, 3, 4), 80, 5);

  private static final BackboneModel MODEL = BackboneModel.build(SPEC, TinyDataset.weights());

  @Test
  void equalsTheReductionOfThePatches() {
    Reduction reduction = reduction(13, 1);
    List<RgbImage> images = images(3);
    float[] patches = Embedders.forTask(MODEL, DeviceRequest.CPU, 1).embed(images);

    float[] reduced =
        Embedders.forTask(MODEL, reduction.linear(), DeviceRequest.CPU, 1).embed(images);

    assertThat(Frobenius.relative(reduced, reduction.byDefinition(patches))).isLessThan(2e-6);
  }

  @Test
  void oneModelServesReductionsOfAnySize() {
    List<RgbImage> images = images(2);
    Embedders.forTask(MODEL, reduction(4, 2).linear(), DeviceRequest.CPU, 1).embed(images);
    long before = Embedders.loads();

    for (int components : new int[] {1, 9}) {
      float[] reduced =
          Embedders.forTask(MODEL, reduction(components, 3).linear(), DeviceRequest.CPU, 1)
              .embed(images);
      assertThat(reduced).hasSize(2 * SPEC.patches() * components);
    }

    assertThat(Embedders.loads()).isEqualTo(before);
  }

  @Test
  void anImageReducesAlikeAloneAndInABatch() {
    Embedder embedder = Embedders.forTask(MODEL, reduction(6, 4).linear(), DeviceRequest.CPU, 1);
    List<RgbImage> images = images(5);

    float[] batch = embedder.embed(images);

    int length = SPEC.patches() * 6;
    for (int i = 0; i < images.size(); i++) {
      assertThat(embedder.embed(images.subList(i, i + 1)))
          .isEqualTo(Arrays.copyOfRange(batch, i * length, (i + 1) * length));
    }
  }

  /** By which embeddings that are kept replace the network. */
  @Test
  void mapsThatAreReducedLaterHaveTheSameBitsWhereTheEngineSaysSo() {
    List<RgbImage> images = images(3);
    LinearReduction linear = reduction(7, 5).linear();
    assumeTrue(Embedders.reducesMaps(SPEC, DeviceRequest.CPU), "oneDNN computes on this processor");

    float[] later = linear.apply(Embedders.mapsForTask(MODEL, DeviceRequest.CPU, 1).embed(images));

    assertThat(later)
        .isEqualTo(Embedders.forTask(MODEL, linear, DeviceRequest.CPU, 1).embed(images));
  }

  @Test
  void anEngineThatReducesItselfDoesNotSaySo() {
    String before = System.getProperty("nightjar.backbone");
    System.setProperty("nightjar.backbone", "onnxruntime");
    try {
      assertThat(Embedders.reducesMaps(SPEC, DeviceRequest.CPU)).isFalse();
    } finally {
      if (before == null) {
        System.clearProperty("nightjar.backbone");
      } else {
        System.setProperty("nightjar.backbone", before);
      }
    }
  }

  @Test
  void channelsMustBeThoseOfThePatches() {
    LinearReduction reduction = new LinearReduction(new double[3], new float[6], 2);

    assertThatThrownBy(() -> Embedders.forTask(MODEL, reduction, DeviceRequest.CPU, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The reduction takes 3 channels, but patches have 960");
    assertThatThrownBy(() -> new LinearReduction(new double[3], new float[5], 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 components of 3 channels need 6 values, not 5");
  }

  private static List<RgbImage> images(int count) {
    return IntStream.range(0, count).mapToObj(i -> TinyImages.random(80, 100 + i)).toList();
  }

  private static Reduction reduction(int components, long seed) {
    Random random = new Random(seed);
    double[] mean = new double[SPEC.channels()];
    float[] basis = new float[components * mean.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = random.nextFloat();
    }
    for (int i = 0; i < basis.length; i++) {
      basis[i] = (float) random.nextGaussian();
    }
    return new Reduction(mean, basis, components);
  }

  @SuppressWarnings("ArrayRecordComponent") // a carrier of numbers
  private record Reduction(double[] mean, float[] basis, int components) {
    LinearReduction linear() {
      return new LinearReduction(mean, basis, components);
    }

    float[] byDefinition(float[] patches) {
      int channels = mean.length;
      int rows = patches.length / channels;
      float[] reduced = new float[rows * components];
      for (int row = 0; row < rows; row++) {
        for (int j = 0; j < components; j++) {
          double sum = 0;
          for (int i = 0; i < channels; i++) {
            sum += basis[i * components + j] * (patches[row * channels + i] - mean[i]);
          }
          reduced[row * components + j] = (float) sum;
        }
      }
      return reduced;
    }
  }
}
