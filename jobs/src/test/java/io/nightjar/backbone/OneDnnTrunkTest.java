package io.nightjar.backbone;

import static io.nightjar.backbone.LoadedTrunk.Output.MAPS;
import static io.nightjar.backbone.LoadedTrunk.Output.PATCHES;
import static io.nightjar.backbone.LoadedTrunk.Output.REDUCED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nightjar.backbone.onednn.OneDnn;
import io.nightjar.dataset.RgbImage;
import io.nightjar.error.InvalidInputException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The trunk in oneDNN against its graph in ONNX Runtime. */
class OneDnnTrunkTest {
  private static final DeviceChoice CPU =
      DeviceChoice.of(DeviceRequest.CPU, List.of(), true, id -> Optional.empty());

  /** Stages of 20, 10, 5 and 3 pixels: two shrink to the grid, one lies on it, one is coarser. */
  private static final EmbeddingSpec SMALL =
      new EmbeddingSpec(Architecture.RESNET18, List.of(1, 2, 3, 4), 80, 5);

  @BeforeAll
  static void onlyWhereItRuns() {
    assumeTrue(OneDnn.problem().isEmpty(), "oneDNN cannot be used here: " + OneDnn.problem());
  }

  static Stream<EmbeddingSpec> specifications() {
    return Stream.of(
        SMALL,
        EmbeddingSpec.of(Architecture.RESNET50),
        EmbeddingSpec.of(Architecture.RESNET50_V1),
        new EmbeddingSpec(Architecture.RESNET50_V1, List.of(2, 3), 96, 12),
        new EmbeddingSpec(Architecture.WIDE_RESNET50_2, List.of(1, 3), 64, 7),
        new EmbeddingSpec(Architecture.RESNET18, List.of(3), 72, 9));
  }

  @ParameterizedTest
  @MethodSource("specifications")
  void agreesWithTheGraph(EmbeddingSpec spec) {
    TrunkModel model = TrunkModel.build(spec, SeededWeights.of(spec.architecture(), 31));
    List<RgbImage> images = images(3, spec.imageSize());
    try (OneDnnTrunk trunk = OneDnnTrunk.load(model, 1);
        OrtTrunk graph = OrtTrunk.load(model, MAPS, CPU, 1)) {
      List<float[]> expected = graph.embed(images, MAPS, Optional.empty());
      List<float[]> maps = trunk.embed(images, MAPS, Optional.empty());

      assertThat(maps).hasSameSizeAs(expected);
      for (int level = 0; level < maps.size(); level++) {
        assertThat(Frobenius.relative(maps.get(level), expected.get(level))).isLessThan(3e-6);
      }
    }
  }

  @Test
  void givesPatchesAndReducedPatchesToo() {
    TrunkModel model = TrunkModel.build(SMALL, SeededWeights.of(Architecture.RESNET18, 32));
    List<RgbImage> images = images(2, 80);
    LinearReduction reduction = reduction(7);
    try (OneDnnTrunk trunk = OneDnnTrunk.load(model, 1);
        OrtTrunk patches = OrtTrunk.load(model, PATCHES, CPU, 1);
        OrtTrunk reduced = OrtTrunk.load(model, REDUCED, CPU, 1)) {
      assertThat(
              Frobenius.relative(
                  trunk.embed(images, PATCHES, Optional.empty()).get(0),
                  patches.embed(images, PATCHES, Optional.empty()).get(0)))
          .isLessThan(3e-6);
      assertThat(
              Frobenius.relative(
                  trunk.embed(images, REDUCED, Optional.of(reduction)).get(0),
                  reduced.embed(images, REDUCED, Optional.of(reduction)).get(0)))
          .isLessThan(3e-6);
    }
  }

  @Test
  void anImageHasTheSameMapsInEveryBatchAndOnAnyNumberOfThreads() {
    TrunkModel model = TrunkModel.build(SMALL, SeededWeights.of(Architecture.RESNET18, 33));
    List<RgbImage> images = images(7, 80);
    try (OneDnnTrunk one = OneDnnTrunk.load(model, 1);
        OneDnnTrunk three = OneDnnTrunk.load(model, 3)) {
      List<float[]> batch = one.embed(images, MAPS, Optional.empty());

      assertThat(three.embed(images, MAPS, Optional.empty())).containsExactlyElementsOf(batch);
      for (int i = 0; i < images.size(); i++) {
        List<float[]> alone = one.embed(images.subList(i, i + 1), MAPS, Optional.empty());
        for (int level = 0; level < batch.size(); level++) {
          int length = alone.get(level).length;
          assertThat(alone.get(level))
              .isEqualTo(Arrays.copyOfRange(batch.get(level), i * length, (i + 1) * length));
        }
      }
    }
  }

  @Test
  void servesSeveralThreadsAtOnce() throws Exception {
    TrunkModel model = TrunkModel.build(SMALL, SeededWeights.of(Architecture.RESNET18, 34));
    List<RgbImage> images = images(4, 80);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try (OneDnnTrunk trunk = OneDnnTrunk.load(model, 1)) {
      List<float[]> expected = trunk.embed(images, MAPS, Optional.empty());
      List<Future<List<float[]>>> running =
          IntStream.range(0, 12)
              .mapToObj(i -> pool.submit(() -> trunk.embed(images, MAPS, Optional.empty())))
              .toList();
      for (Future<List<float[]>> maps : running) {
        assertThat(maps.get()).containsExactlyElementsOf(expected);
      }
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void isChosenForCpusInSinglePrecision() {
    assertThat(TrunkEngine.of(SMALL, CPU)).isEqualTo(TrunkEngine.ONEDNN);
    assertThat(TrunkEngine.of(SMALL.withPrecision(Precision.FP16), CPU))
        .isEqualTo(TrunkEngine.ONNX_RUNTIME);
  }

  @Test
  void thePropertyOverridesTheChoice() {
    try {
      System.setProperty(TrunkEngine.PROPERTY, "onnxruntime");
      assertThat(TrunkEngine.of(SMALL, CPU)).isEqualTo(TrunkEngine.ONNX_RUNTIME);
      System.setProperty(TrunkEngine.PROPERTY, "fastest");
      assertThatThrownBy(() -> TrunkEngine.of(SMALL, CPU))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith(
              "-Dnightjar.trunk=fastest is none of auto, onednn and onnxruntime");
    } finally {
      System.clearProperty(TrunkEngine.PROPERTY);
    }
  }

  private static List<RgbImage> images(int count, int size) {
    return IntStream.range(0, count).mapToObj(i -> TinyPictures.random(size, 300 + i)).toList();
  }

  private static LinearReduction reduction(int components) {
    Random random = new Random(35);
    double[] mean = random.doubles(SMALL.channels()).toArray();
    float[] basis = new float[components * mean.length];
    for (int i = 0; i < basis.length; i++) {
      basis[i] = (float) random.nextGaussian();
    }
    return new LinearReduction(mean, basis, components);
  }
}
