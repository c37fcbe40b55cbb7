package io.nightjar.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.backbone.engine.Embedder;
import io.nightjar.backbone.engine.TinyImages;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.Precision;
import io.nightjar.backbone.weights.SavedWeights;
import io.nightjar.backbone.weights.SeededWeights;
import io.nightjar.backbone.weights.Tensor;
import io.nightjar.backbone.weights.Weights;
import io.nightjar.error.InvalidInputException;
import io.nightjar.testing.Sparks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@Tag("smoke")
class PatchEmbedderTest {
  private static final StructType SCHEMA =
      new StructType().add("path", DataTypes.StringType).add("content", DataTypes.BinaryType);
  private static final byte[] NOT_AN_IMAGE = {1, 2, 3};

  private static SparkSession spark;
  private static Weights weights;

  /** Of those that the stages of these tests need. */
  private static Path file;

  @TempDir Path folder;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    spark = Sparks.local(2);
    weights = SeededWeights.of(Architecture.RESNET18, 5);
    Map<String, Tensor> needed = new TreeMap<>();
    for (String name : weights.names()) {
      if (!name.startsWith("layer3.") && !name.startsWith("layer4.")) {
        needed.put(name, weights.tensor(name));
      }
    }
    file =
        SavedWeights.safetensors(
            new Weights("needed", "", needed), directory.resolve("needed.safetensors"));
  }

  private static PatchEmbedder embedder() {
    return new PatchEmbedder()
        .setBackbone("resnet18")
        .setLayers(1, 2)
        .setImageSize(64)
        .setGrid(8)
        .setBatchSize(2)
        .setDevice("cpu")
        .setWeights(file.toString());
  }

  private static Dataset<Row> images(int count, boolean withDefect) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(RowFactory.create("p" + i + ".png", TinyImages.png(TinyImages.random(64, i))));
    }
    if (withDefect) {
      rows.add(1, RowFactory.create("bad.png", NOT_AN_IMAGE));
    }
    return spark.createDataFrame(rows, SCHEMA).coalesce(1);
  }

  @Test
  void embedsInThePrecisionThatIsSet() {
    assertThat(embedder().spec().precision()).isEqualTo(Precision.FP32);
    PatchEmbedder half = embedder().setPrecision("fp16");
    BackboneModel model = BackboneModel.build(half.spec(), weights);
    float[] expected =
        Embedders.forTask(model, DeviceRequest.CPU, 1).embed(List.of(TinyImages.random(64, 0)));

    List<Float> patches = half.transform(images(1, false)).head().getList(2);

    assertThat(half.spec().precision()).isEqualTo(Precision.FP16);
    assertThat(patches.stream().toArray()).isEqualTo(boxed(expected));
  }

  @Test
  void addsOneArrayPerImage() {
    BackboneModel model = BackboneModel.build(embedder().spec(), weights);
    Embedder direct = Embedders.forTask(model, DeviceRequest.CPU, 1);

    Dataset<Row> embedded = embedder().setWeights("random:5").transform(images(5, false));

    assertThat(embedded.columns()).containsExactly("path", "content", "patches");
    List<Row> rows = embedded.collectAsList();
    assertThat(rows).hasSize(5);
    for (int i = 0; i < 5; i++) {
      assertThat(rows.get(i).getString(0)).isEqualTo("p" + i + ".png");
      List<Float> patches = rows.get(i).getList(2);
      float[] expected = direct.embed(List.of(TinyImages.random(64, i)));
      assertThat(patches).hasSize(64 * (64 + 128));
      assertThat(patches.stream().toArray()).isEqualTo(boxed(expected));
    }
  }

  private static Object[] boxed(float[] values) {
    Object[] boxed = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      boxed[i] = values[i];
    }
    return boxed;
  }

  @Test
  void columnSaysItsShape() {
    Metadata metadata = embedder().transform(images(1, false)).schema().apply("patches").metadata();

    assertThat(metadata.getLong("patches")).isEqualTo(64);
    assertThat(metadata.getLong("channels")).isEqualTo(192);
    assertThat(metadata.getString("architecture")).isEqualTo("resnet18");
  }

  @Test
  void schemaIsKnownBeforehand() {
    Dataset<Row> images = images(1, false);

    assertThat(embedder().transform(images).schema().apply("patches").dataType())
        .isEqualTo(embedder().transformSchema(SCHEMA).apply("patches").dataType());
  }

  @Test
  void failsOnAnImageThatCannotBeDecoded() {
    Dataset<Row> embedded = embedder().transform(images(2, true));

    assertThatThrownBy(embedded::collectAsList)
        .hasStackTraceContaining("bad.png")
        .hasStackTraceContaining("handleInvalid");
  }

  @Test
  void skipsAnImageThatCannotBeDecoded() {
    Dataset<Row> embedded = embedder().setHandleInvalid("skip").transform(images(3, true));

    assertThat(embedded.select("path").collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("p0.png", "p1.png", "p2.png");
  }

  @Test
  void keepsAnImageThatCannotBeDecodedWithoutPatches() {
    Dataset<Row> embedded = embedder().setHandleInvalid("keep").transform(images(3, true));

    assertThat(embedded.filter("patches is null").select("path").collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("bad.png");
    assertThat(embedded.count()).isEqualTo(4);
  }

  @Test
  void survivesSavingAndLoading() throws Exception {
    String path = folder.resolve("stage").toString();
    PatchEmbedder saved = embedder().setHandleInvalid("skip").setOutputCol("features");
    saved.write().save(path);

    PatchEmbedder loaded = PatchEmbedder.load(path);

    assertThat(loaded.uid()).isEqualTo(saved.uid());
    assertThat(values(loaded)).isEqualTo(values(saved));
  }

  @Test
  void copiesKeepTheParameters() {
    PatchEmbedder stage = embedder();

    assertThat(values(stage.copy(stage.extractParamMap()))).isEqualTo(values(stage));
  }

  /** Every parameter by name, as text. */
  private static Map<String, String> values(PatchEmbedder stage) {
    Map<String, String> values = new TreeMap<>();
    for (Param<?> param : stage.params()) {
      Object value = stage.isDefined(param) ? stage.getOrDefault(param) : "undefined";
      values.put(
          param.name(), value instanceof int[] array ? Arrays.toString(array) : value.toString());
    }
    return values;
  }

  @Test
  void namesTheMissingColumn() {
    assertThatThrownBy(() -> embedder().setInputCol("image").transform(images(1, false)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'image'")
        .hasMessageContaining("path, content");
  }

  @Test
  void namesTheColumnOfAnotherType() {
    assertThatThrownBy(() -> embedder().setInputCol("path").transformSchema(SCHEMA))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'path' is of type string");
  }

  @Test
  void doesNotOverwriteAColumn() {
    assertThatThrownBy(() -> embedder().setOutputCol("path").transformSchema(SCHEMA))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'path'");
  }

  @Test
  void needsWeights() {
    assertThatThrownBy(() -> new PatchEmbedder().transform(images(1, false)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'weights'");
  }
}
