package io.nightjar.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.spark.task.binary.BinaryPredictor;
import io.nightjar.backbone.engine.DeviceChoice;
import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.backbone.engine.LoadedBackbone;
import io.nightjar.backbone.engine.OnnxRuntimeBackbone;
import io.nightjar.backbone.engine.TinyImages;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.weights.SeededWeights;
import io.nightjar.testing.Sparks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link PatchTranslatorFactory} inside the predictor of DJL's own Spark extension. */
class BinaryPredictorTest {
  private static final EmbeddingSpec SPEC =
      new EmbeddingSpec(Architecture.RESNET18, List.of(1, 2, 3), 64, 8);
  private static final int IMAGES = 5;

  @TempDir Path folder;

  @Test
  void patchesHaveTheBitsOfTheSameEngineInNightjarsStage() throws IOException {
    SparkSession spark = Sparks.local(2);
    BackboneModel backbone =
        BackboneModel.build(SPEC, SeededWeights.of(SPEC.architecture(), 5));
    Path file = folder.resolve("backbone.onnx");
    backbone.write(file);

    BinaryPredictor predictor = new BinaryPredictor();
    predictor
        .setEngine("OnnxRuntime")
        .setModelUrl(file.toUri().toString())
        .setTranslatorFactory(new PatchTranslatorFactory())
        .setBatchSize(2);
    predictor.setInputCol("content");
    predictor.setOutputCol("patches");
    List<Row> rows = predictor.predict(images(spark)).orderBy("number").collectAsList();

    assertThat(rows).hasSize(IMAGES);
    List<float[]> expected = expected(backbone);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "OnnxRuntime")) {
      for (int i = 0; i < IMAGES; i++) {
        NDList archive = NDList.decode(manager, rows.get(i).<byte[]>getAs("patches"));
        assertThat(archive.head().getShape().getShape()).containsExactly(64, 64 + 128 + 256);
        assertThat(archive.head().toFloatArray()).isEqualTo(expected.get(i));
      }
    }
  }

  private static Dataset<Row> images(SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      rows.add(RowFactory.create(i, TinyImages.png(TinyImages.random(64, i))));
    }
    StructType schema =
        new StructType().add("number", DataTypes.IntegerType).add("content", DataTypes.BinaryType);
    return spark.createDataFrame(rows, schema).repartition(2);
  }

  /** By the class that loads ONNX Runtime for {@link PatchEmbedder}, one image at a time. */
  private static List<float[]> expected(BackboneModel backbone) {
    DeviceChoice cpu = DeviceChoice.of(DeviceRequest.CPU, List.of(), true, id -> Optional.empty());
    List<float[]> patches = new ArrayList<>();
    try (OnnxRuntimeBackbone loaded =
        OnnxRuntimeBackbone.load(backbone, LoadedBackbone.Output.PATCHES, cpu, 1)) {
      for (int i = 0; i < IMAGES; i++) {
        patches.addAll(
            loaded.embed(
                List.of(TinyImages.random(64, i)),
                LoadedBackbone.Output.PATCHES,
                Optional.empty()));
      }
    }
    return patches;
  }
}
