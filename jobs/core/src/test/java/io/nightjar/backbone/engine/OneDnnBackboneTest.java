package io.nightjar.backbone.engine;

import static io.nightjar.backbone.engine.LoadedBackbone.Output.MAPS;
import static io.nightjar.backbone.engine.LoadedBackbone.Output.PATCHES;
import static io.nightjar.backbone.engine.LoadedBackbone.Output.REDUCED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.onednn.OneDnn;
import io.nightjar.backbone.patch.LinearReduction;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.spec.Precision;
import io.nightjar.backbone.spec.Size;
import io.nightjar.backbone.weights.SeededWeights;
import io.nightjar.backbone.weights.Weights;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.error.InvalidInputException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The backbone in oneDNN against its graph in ONNX Runtime. */
@Tag("slow")
class OneDnnBackboneTest {
  private static final DeviceChoice CPU =
      DeviceChoice.of(DeviceRequest.CPU, List.of(), true, id -> Optional.empty());

  /** Stages of 20, 10, 5 and 3 pixels: two shrink to the grid, one lies on it, one is coarser. */
  private static final EmbeddingSpec SMALL =
      new EmbeddingSpec(Architecture.RESNET18, List.of(1, 2, 3, 4), 80, 5);

  /** Drawing them takes longer than what is done with them. */
  private static final Map<Architecture, Weights> WEIGHTS = new EnumMap<>(Architecture.class);

  private static Weights weights(Architecture architecture) {
    return WEIGHTS.computeIfAbsent(architecture, one -> SeededWeights.of(one, 31));
  }

  @AfterAll
  static void forgetTheWeights() {
    WEIGHTS.clear();
  }

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
        new EmbeddingSpec(Architecture.RESNET18, List.of(3), 72, 9),
        // Stages of 64, 32 and 16 cells: two are averaged, one is interpolated.
        new EmbeddingSpec(Architecture.RESNET18, List.of(1, 2, 3), 256, 8),
        // Of images that are no squares: stages of 12 x 28, 6 x 14 and 3 x 7 cells.
        SMALL.with(List.of(new Size(48, 112)), new Size(6, 14)),
        // Means of 2 x 4 cells.
        SMALL.with(List.of(new Size(64, 128)), new Size(8, 8)));
  }

  @ParameterizedTest
  @MethodSource("specifications")
  void agreesWithTheGraph(EmbeddingSpec spec) {
    BackboneModel model = BackboneModel.build(spec, weights(spec.architecture()));
    List<RgbImage> images = images(3, spec.imageSize());
    try (OneDnnBackbone backbone = OneDnnBackbone.load(model, 1);
        OnnxRuntimeBackbone graph = OnnxRuntimeBackbone.load(model, MAPS, CPU, 1)) {
      List<float[]> expected = graph.embed(images, MAPS, Optional.empty());
      List<float[]> maps = backbone.embed(images, MAPS, Optional.empty());

      assertThat(maps).hasSameSizeAs(expected);
      for (int level = 0; level < maps.size(); level++) {
        assertThat(Frobenius.relative(maps.get(level), expected.get(level))).isLessThan(3e-6);
      }
    }
  }

  @Test
  void givesPatchesAndReducedPatchesToo() {
    BackboneModel model = BackboneModel.build(SMALL, weights(Architecture.RESNET18));
    List<RgbImage> images = images(2, Size.square(80));
    LinearReduction reduction = reduction(7);
    try (OneDnnBackbone backbone = OneDnnBackbone.load(model, 1);
        OnnxRuntimeBackbone patches = OnnxRuntimeBackbone.load(model, PATCHES, CPU, 1);
        OnnxRuntimeBackbone reduced = OnnxRuntimeBackbone.load(model, REDUCED, CPU, 1)) {
      assertThat(
              Frobenius.relative(
                  backbone.embed(images, PATCHES, Optional.empty()).get(0),
                  patches.embed(images, PATCHES, Optional.empty()).get(0)))
          .isLessThan(3e-6);
      assertThat(
              Frobenius.relative(
                  backbone.embed(images, REDUCED, Optional.of(reduction)).get(0),
                  reduced.embed(images, REDUCED, Optional.of(reduction)).get(0)))
          .isLessThan(3e-6);
    }
  }

  @Test
  void anImageHasTheSameMapsInEveryBatchAndOnAnyNumberOfThreads() {
    BackboneModel model = BackboneModel.build(SMALL, weights(Architecture.RESNET18));
    List<RgbImage> images = images(7, Size.square(80));
    try (OneDnnBackbone one = OneDnnBackbone.load(model, 1);
        OneDnnBackbone three = OneDnnBackbone.load(model, 3)) {
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
    BackboneModel model = BackboneModel.build(SMALL, weights(Architecture.RESNET18));
    List<RgbImage> images = images(4, Size.square(80));
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try (OneDnnBackbone backbone = OneDnnBackbone.load(model, 1)) {
      List<float[]> expected = backbone.embed(images, MAPS, Optional.empty());
      List<Future<List<float[]>>> running =
          IntStream.range(0, 12)
              .mapToObj(i -> pool.submit(() -> backbone.embed(images, MAPS, Optional.empty())))
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
    assertThat(BackboneEngine.of(SMALL, CPU)).isEqualTo(BackboneEngine.ONEDNN);
    assertThat(BackboneEngine.of(SMALL.withPrecision(Precision.FP16), CPU))
        .isEqualTo(BackboneEngine.ONNX_RUNTIME);
  }

  @Test
  void thePropertyOverridesTheChoice() {
    try {
      System.setProperty(BackboneEngine.PROPERTY, "onnxruntime");
      assertThat(BackboneEngine.of(SMALL, CPU)).isEqualTo(BackboneEngine.ONNX_RUNTIME);
      System.setProperty(BackboneEngine.PROPERTY, "fastest");
      assertThatThrownBy(() -> BackboneEngine.of(SMALL, CPU))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith(
              "-Dnightjar.backbone=fastest is none of auto, onednn and onnxruntime");
    } finally {
      System.clearProperty(BackboneEngine.PROPERTY);
    }
  }

  @Test
  void thePropertyOfBeforeCountsWhereThePresentOneIsNotSet() {
    try {
      System.setProperty("nightjar.trunk", "onnxruntime");
      assertThat(BackboneEngine.of(SMALL, CPU)).isEqualTo(BackboneEngine.ONNX_RUNTIME);
      System.setProperty(BackboneEngine.PROPERTY, "onednn");
      assertThat(BackboneEngine.of(SMALL, CPU)).isEqualTo(BackboneEngine.ONEDNN);
    } finally {
      System.clearProperty("nightjar.trunk");
      System.clearProperty(BackboneEngine.PROPERTY);
    }
  }

  @Test
  void theSameWeightsServeOtherShapes() {
    BackboneModel square = BackboneModel.build(SMALL, weights(Architecture.RESNET18));
    EmbeddingSpec spec = SMALL.with(List.of(new Size(48, 112)), new Size(6, 14));
    BackboneModel built = BackboneModel.build(spec, weights(Architecture.RESNET18));
    List<RgbImage> images = images(3, spec.imageSize());

    BackboneModel shaped = square.at(spec);

    assertThat(shaped.layout()).isEqualTo(built.layout());
    assertThat(shaped.onnx()).isEqualTo(built.onnx());
    try (OneDnnBackbone expected = OneDnnBackbone.load(built, 1);
        OneDnnBackbone backbone = OneDnnBackbone.load(shaped, 1)) {
      assertThat(backbone.embed(images, MAPS, Optional.empty()))
          .containsExactlyElementsOf(expected.embed(images, MAPS, Optional.empty()));
    }
    assertThatThrownBy(() -> square.at(EmbeddingSpec.of(Architecture.RESNET18)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at other sizes");
  }

  private static List<RgbImage> images(int count, Size size) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              byte[] pixels = new byte[3 * size.cells()];
              new Random(300 + i).nextBytes(pixels);
              return new RgbImage(size.width(), size.height(), pixels);
            })
        .toList();
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
