package io.nightjar.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.spec.Precision;
import io.nightjar.backbone.spec.Size;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.pca.components.PatchReduction;
import io.nightjar.pca.components.PrincipalComponents;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.score.ImageScores;
import io.nightjar.score.MapResize;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The exported graph in ONNX Runtime against the program's own steps. */
class ExportedGraphTest {
  private static final int[][] SIZES = {{1, 1}, {64, 64}, {300, 40}, {5, 130}, {97, 81}};
  private static final double TOLERANCE = 1e-5;

  private static TinyMethod method;

  @BeforeAll
  static void build() {
    method = new TinyMethod(List.of(64), 0);
  }

  @AfterAll
  static void close() {
    method.close();
  }

  private static void assertEqual(TinyMethod expected, ExportRun graph, ExportOptions options)
      throws Exception {
    Size input = expected.model.spec().imageSize();
    Random random = new Random(17);
    for (int[] size : SIZES) {
      RgbImage image = ResizeSectionTest.image(size[0], size[1], random);
      AnomalyMap map = expected.map(image, options.neighbours());
      AnomalyMap full =
          new MapResize(options.smoothing(), input.height(), input.width())
              .full(map, size[0], size[1]);
      ImageScores scores = ImageScores.of(full.max(), map);

      Map<String, Object> outputs = graph.outputs(image);

      double scale = TOLERANCE * map.max();
      assertThat(ExportRun.floats(outputs, "distances"))
          .containsExactly(map.values(), within((float) scale));
      assertThat(ExportRun.floats(outputs, "anomaly_map"))
          .containsExactly(full.values(), within((float) scale));
      for (ImageScoreKind kind : ImageScoreKind.values()) {
        assertThat((double) ExportRun.floats(outputs, kind.column())[0])
            .as("%s at %d x %d", kind, size[0], size[1])
            .isCloseTo(scores.of(kind), within(scale));
      }
      assertThat(ExportRun.floats(outputs, "image_score"))
          .containsExactly(ExportRun.floats(outputs, options.imageScore().column()));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = OptLevel.class,
      names = {"NO_OPT", "ALL_OPT"})
  void mapsAndScoresAreThoseOfTheProgram(OptLevel level) throws Exception {
    byte[] onnx = method.exported(ExportOptions.DEFAULT, Optional.empty());

    try (ExportRun graph = ExportRun.of(onnx, level)) {
      assertEqual(method, graph, ExportOptions.DEFAULT);
    }
  }

  @Test
  void neighboursSmoothingAndKindOfScoreAreObeyed() throws Exception {
    ExportOptions options =
        ExportOptions.DEFAULT
            .withNeighbours(3)
            .withSmoothing(4)
            .withImageScore(ImageScoreKind.TOP3);

    try (ExportRun graph = ExportRun.of(method.exported(options, Optional.empty()))) {
      assertEqual(method, graph, options);
    }
  }

  @Test
  void severalSizesAndThePositionAreInTheGraphAndTheirWeightsOnce() throws Exception {
    try (TinyMethod recipe = new TinyMethod(List.of(64, 96), 0.3)) {
      byte[] onnx = recipe.exported(ExportOptions.DEFAULT, Optional.empty());

      try (ExportRun graph = ExportRun.of(onnx)) {
        assertEqual(recipe, graph, ExportOptions.DEFAULT);
      }
      assertThat(onnx.length)
          .isLessThan(method.exported(ExportOptions.DEFAULT, Optional.empty()).length * 11 / 10);
    }
  }

  @Test
  void severalNetworksAndAShapeThatIsNoSquareAreInTheGraph() throws Exception {
    EmbeddingSpec spec =
        new EmbeddingSpec(
            List.of(Architecture.RESNET18, Architecture.RESNET18),
            List.of(1, 2),
            List.of(new Size(48, 96), new Size(96, 192)),
            new Size(6, 12),
            Precision.FP32);
    ExportOptions options = ExportOptions.DEFAULT.withSmoothing(3);
    try (TinyMethod recipe = new TinyMethod(spec, 0.3);
        ExportRun graph = ExportRun.of(recipe.exported(options, Optional.empty()))) {
      assertEqual(recipe, graph, options);
    }
  }

  @ParameterizedTest
  @EnumSource(ImageScoreKind.class)
  void decidesByTheMapBeforeItIsUpsampled(ImageScoreKind kind) throws Exception {
    Random random = new Random(23);
    RgbImage image = ResizeSectionTest.image(90, 50, random);
    AnomalyMap map = method.map(image, 1);
    float own = ImageScores.of(map.max(), map).of(kind);
    float[] scores = {own * 0.5f, own * 0.9f, own * 0.99f, own * 1.01f, own * 2};
    ExportOptions options = ExportOptions.DEFAULT.withImageScore(kind);

    for (float limit : new float[] {own * 0.99f, own * 1.01f}) {
      Calibration calibration =
          new Calibration(scores, Optional.of(new Calibration.Decision(0.5, limit)));
      try (ExportRun graph = ExportRun.of(method.exported(options, Optional.of(calibration)))) {
        Map<String, Object> outputs = graph.outputs(image);

        assertThat(ExportRun.floats(outputs, "p_value")).containsExactly(3f / 6);
        assertThat(outputs.get("anomalous")).isEqualTo(limit < own);
      }
    }
  }

  @Test
  void withoutACalibrationThereIsNoPValueAndWithoutARateNoVerdict() throws Exception {
    RgbImage image = new RgbImage(1, 1, new byte[3]);
    Calibration scores = new Calibration(new float[] {1}, Optional.empty());

    try (ExportRun none = ExportRun.of(method.exported(ExportOptions.DEFAULT, Optional.empty()));
        ExportRun rateless =
            ExportRun.of(method.exported(ExportOptions.DEFAULT, Optional.of(scores)))) {
      assertThat(none.outputs(image)).doesNotContainKeys("p_value", "anomalous");
      assertThat(rateless.outputs(image)).containsKey("p_value").doesNotContainKey("anomalous");
    }
  }

  /** Directions so long that reduced patches exceed float32. */
  @Test
  void whatIsNoNumberHasNoScoreAndIsAnomalous() throws Exception {
    PrincipalComponents finite = method.reduction.branches().get(0);
    PatchReduction overflowing =
        PatchReduction.of(
            new PrincipalComponents(
                finite.mean(),
                finite.eigenvalues(),
                Arrays.stream(finite.basis()).map(value -> value * 1e38).toArray(),
                finite.totalVariance()));
    byte[] onnx =
        ExportedGraph.build(
            method.model,
            overflowing,
            new BankRows(method.bank, RowPrecision.FP32, 100),
            ExportOptions.DEFAULT,
            Optional.of(
                new Calibration(new float[] {1, 2}, Optional.of(new Calibration.Decision(0.5, 2)))),
            Optional.empty(),
            Map.of());

    try (ExportRun graph = ExportRun.of(onnx)) {
      Map<String, Object> outputs = graph.outputs(ResizeSectionTest.image(64, 64, new Random(2)));

      assertThat(ExportRun.floats(outputs, "image_score")).containsExactly(Float.NaN);
      assertThat(ExportRun.floats(outputs, "image_score_top1pct")).containsExactly(Float.NaN);
      assertThat(ExportRun.floats(outputs, "p_value")).containsExactly(Float.NaN);
      assertThat(outputs.get("anomalous")).isEqualTo(true);
    }
  }

  /** ONNX's rules: no other domain, single assignment, every value defined before it is used. */
  @Test
  void isAGraphOfStandardOperators() throws Exception {
    OnnxMl.ModelProto model =
        OnnxMl.ModelProto.parseFrom(
            method.exported(ExportOptions.DEFAULT.withSmoothing(2), Optional.empty()));

    assertThat(model.getOpsetImportList()).hasSize(1);
    assertThat(model.getOpsetImport(0).getDomain()).isEmpty();
    assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(18);
    OnnxMl.GraphProto graph = model.getGraph();
    assertThat(graph.getInputList()).extracting(input -> input.getName()).containsExactly("image");
    Set<String> known = new HashSet<>(List.of("", "image"));
    graph.getInitializerList().forEach(tensor -> assertThat(known.add(tensor.getName())).isTrue());
    Set<String> nodes = new HashSet<>();
    for (OnnxMl.NodeProto node : graph.getNodeList()) {
      assertThat(node.getDomain()).isEmpty();
      assertThat(nodes.add(node.getName())).as(node.getName()).isTrue();
      assertThat(known).as(node.getName()).containsAll(node.getInputList());
      node.getOutputList().forEach(output -> assertThat(known.add(output)).isTrue());
    }
    graph.getOutputList().forEach(output -> assertThat(known).contains(output.getName()));
    assertThat(model.getMetadataProps(0).getValue()).isEqualTo("a test");
  }
}
