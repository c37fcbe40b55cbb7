package io.nightjar.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import io.nightjar.backbone.engine.DeviceChoice;
import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.backbone.engine.LoadedBackbone;
import io.nightjar.backbone.engine.OnnxRuntimeBackbone;
import io.nightjar.backbone.engine.TinyImages;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.testing.TinyDataset;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A plain DJL predictor on the model file, without any other class of Nightjar. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PatchTranslatorFactoryTest {
  private static final EmbeddingSpec SPEC =
      new EmbeddingSpec(Architecture.RESNET18, List.of(1, 2), 64, 8);

  private BackboneModel backbone;
  private Path file;

  @BeforeAll
  void write(@TempDir Path folder) throws Exception {
    backbone = BackboneModel.build(SPEC, TinyDataset.weights());
    file = folder.resolve("backbone.onnx");
    backbone.write(file);
  }

  private <O> ZooModel<byte[], O> load(Class<O> output) throws Exception {
    return Criteria.builder()
        .setTypes(byte[].class, output)
        .optEngine("OnnxRuntime")
        .optModelPath(file)
        .optTranslatorFactory(new PatchTranslatorFactory())
        .build()
        .loadModel();
  }

  private float[] expected(RgbImage image) {
    DeviceChoice cpu = DeviceChoice.of(DeviceRequest.CPU, List.of(), true, id -> Optional.empty());
    try (OnnxRuntimeBackbone loaded =
        OnnxRuntimeBackbone.load(backbone, LoadedBackbone.Output.PATCHES, cpu, 1)) {
      return loaded.embed(List.of(image), LoadedBackbone.Output.PATCHES, Optional.empty()).get(0);
    }
  }

  @Test
  void embedsABatch() throws Exception {
    RgbImage first = TinyImages.random(64, 1);
    RgbImage second = TinyImages.random(64, 2);
    try (ZooModel<byte[], float[]> model = load(float[].class);
        Predictor<byte[], float[]> predictor = model.newPredictor()) {
      List<float[]> patches =
          predictor.batchPredict(List.of(TinyImages.png(first), TinyImages.png(second)));

      assertThat(patches.get(0)).isEqualTo(expected(first));
      assertThat(patches.get(1)).isEqualTo(expected(second));
    }
  }

  @Test
  void givesRows() throws Exception {
    RgbImage image = TinyImages.random(64, 1);
    try (ZooModel<byte[], float[][]> model = load(float[][].class);
        Predictor<byte[], float[][]> predictor = model.newPredictor()) {
      float[][] rows = predictor.predict(TinyImages.png(image));

      assertThat(rows).hasDimensions(64, 192);
      assertThat(rows[1][0]).isEqualTo(expected(image)[192]);
    }
  }

  /** As the Spark extension's BinaryPredictor wants it. */
  @Test
  void givesAnArchive() throws Exception {
    RgbImage image = TinyImages.random(64, 1);
    try (ZooModel<byte[], byte[]> model = load(byte[].class);
        Predictor<byte[], byte[]> predictor = model.newPredictor();
        NDManager manager = NDManager.newBaseManager(ai.djl.Device.cpu(), "OnnxRuntime")) {
      NDList list = NDList.decode(manager, predictor.predict(TinyImages.png(image)));

      assertThat(list.head().getName()).isEqualTo("patches");
      assertThat(list.head().getShape().getShape()).containsExactly(64, 192);
      assertThat(list.head().toFloatArray()).isEqualTo(expected(image));
    }
  }

  @Test
  void saysWhyAnImageFails() throws Exception {
    try (ZooModel<byte[], float[]> model = load(float[].class);
        Predictor<byte[], float[]> predictor = model.newPredictor()) {
      assertThatThrownBy(() -> predictor.predict(new byte[] {1, 2, 3}))
          .isInstanceOf(TranslateException.class)
          .hasMessageContaining("image of 3 bytes");
    }
  }
}
