package io.nightjar.backbone;

import static io.nightjar.backbone.engine.LoadedBackbone.Output.PATCHES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.backbone.engine.DeviceChoice;
import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.backbone.engine.Embedder;
import io.nightjar.backbone.engine.LoadedBackbones;
import io.nightjar.backbone.engine.TinyImages;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.spec.Size;
import io.nightjar.backbone.weights.SeededWeights;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class EmbeddersTest {
  /** Its grid makes it a model that no other test of this process loads. */
  private static final EmbeddingSpec SMALL =
      new EmbeddingSpec(Architecture.RESNET18, List.of(1, 2), 64, 15);

  /** Built by the first test that asks. */
  private static final class Large {
    static final BackboneModel MODEL =
        BackboneModel.build(
            EmbeddingSpec.of(Architecture.RESNET50), SeededWeights.of(Architecture.RESNET50, 1));
  }

  /** Models of other grids are other models. */
  private static BackboneModel model(int grid) {
    return BackboneModel.build(
        SMALL.with(SMALL.imageSizes(), Size.square(grid)), TinyDataset.weights());
  }

  private static List<RgbImage> images(int count, int side) {
    return IntStream.range(0, count).mapToObj(i -> TinyImages.random(side, i)).toList();
  }

  @Test
  void sparkTasksShareOneModel() {
    long before = Embedders.loads();
    SparkSession spark = Sparks.local(2);
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<BackboneModel> broadcast =
        context.broadcast(BackboneModel.build(SMALL, TinyDataset.weights()));
    for (int pass = 0; pass < 3; pass++) {
      List<Integer> lengths =
          context
              .parallelize(images(8, 64), 4)
              .mapPartitions(
                  partition -> {
                    Embedder embedder = Embedders.forTask(broadcast.value(), DeviceRequest.CPU, 1);
                    List<RgbImage> batch = new java.util.ArrayList<>();
                    partition.forEachRemaining(batch::add);
                    return List.of(embedder.embed(batch).length).iterator();
                  })
              .collect();
      assertThat(lengths).hasSize(4).containsOnly(2 * SMALL.patches() * SMALL.channels());
    }
    assertThat(Embedders.loads() - before).isEqualTo(1);
  }

  @Test
  void concurrentCallsGiveEachItsOwnResult() {
    BackboneModel model = model(12);
    Embedder embedder = Embedders.forTask(model, DeviceRequest.CPU, 1);
    List<RgbImage> images = images(6, 64);
    List<float[]> alone = images.stream().map(image -> embedder.embed(List.of(image))).toList();

    List<float[]> together =
        images.parallelStream().map(image -> embedder.embed(List.of(image))).toList();

    for (int i = 0; i < images.size(); i++) {
      assertThat(together.get(i)).isEqualTo(alone.get(i));
    }
  }

  /** At the size of the default specification, where every kernel of the runtime takes part. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void anImageEmbedsAlikeAloneAndInABatch(int threads) {
    EmbeddingSpec spec = EmbeddingSpec.of(Architecture.RESNET50);
    Embedder embedder = Embedders.forTask(Large.MODEL, DeviceRequest.CPU, threads);
    Embedder single = Embedders.forTask(Large.MODEL, DeviceRequest.CPU, 1);
    List<RgbImage> images = images(8, 224);
    int length = spec.patches() * spec.channels();

    float[] batch = embedder.embed(images);

    for (int i = 0; i < images.size(); i += 3) {
      assertThat(
              Arrays.equals(
                  Arrays.copyOfRange(batch, i * length, (i + 1) * length),
                  single.embed(List.of(images.get(i)))))
          .as("image %d with %d threads", i, threads)
          .isTrue();
    }
  }

  @Test
  void imagesMustHaveTheSizeOfTheBackbone() {
    Embedder embedder = Embedders.forTask(model(12), DeviceRequest.CPU, 1);

    assertThatThrownBy(() -> embedder.embed(images(1, 32)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("64 x 64 pixels, not 32 x 32");
  }

  @Test
  void idleBackbonesAreClosedForNewOnes() {
    LoadedBackbones backbones = new LoadedBackbones(1);
    BackboneModel first = model(13);
    BackboneModel second = model(14);
    DeviceChoice cpu = DeviceChoice.of(DeviceRequest.CPU, List.of(), true, id -> Optional.empty());

    backbones.acquire(first, PATCHES, cpu, 1).close();
    backbones.acquire(first, PATCHES, cpu, 1).close();
    assertThat(backbones.loads()).isEqualTo(1);
    try (LoadedBackbones.Lease inUse = backbones.acquire(second, PATCHES, cpu, 1)) {
      backbones.acquire(first, PATCHES, cpu, 1).close();
      assertThat(backbones.loads()).isEqualTo(3);
      assertThat(inUse.backbone().embed(images(1, 64), PATCHES, Optional.empty())).isNotEmpty();
    }
  }
}
