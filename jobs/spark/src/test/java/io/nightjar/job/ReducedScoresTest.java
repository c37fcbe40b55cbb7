package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.backbone.Embedders;
import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.patch.PatchMaps;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.weights.WeightFiles;
import io.nightjar.bank.exact.ExactSearch;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.dataset.decode.ImageDecoder;
import io.nightjar.dataset.image.BilinearResize;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.pca.components.PrincipalComponents;
import io.nightjar.pca.covariance.CovarianceAccumulator;
import io.nightjar.pca.covariance.MapCovariance;
import io.nightjar.pca.covariance.PartialCovariance;
import io.nightjar.testing.SharedFiles;
import io.nightjar.text.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The bank's rows are projected from maps, the queries in the network's graph. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReducedScoresTest {
  private static final int IMAGES = 3;

  private BackboneModel backbone;
  private final List<RgbImage> images = new ArrayList<>();
  private PatchMaps maps;

  @BeforeAll
  void loadRealWeightsAndImages() throws Exception {
    backbone =
        BackboneModel.build(
            EmbeddingSpec.of(Architecture.RESNET50_V1),
            WeightFiles.load(
                SharedFiles.resnet50V1Weights().toString(), Optional.empty(), new Configuration()));
    for (int i = 0; i < IMAGES; i++) {
      Path file = SharedFiles.mvtecAd().resolve(Text.format("bottle/train/good/%03d.png", i));
      RgbImage image = ImageDecoder.decode(Files.readAllBytes(file), file.toString());
      images.add(BilinearResize.resize(image, 224, 224));
    }
    maps = Embedders.mapsForTask(backbone, DeviceRequest.CPU, 1).embed(images);
  }

  /** Maps give what whole patches give, but for float32's rounding. */
  @Test
  void mapsReplaceThePatches() {
    int rows = IMAGES * backbone.spec().patches();
    float[] patches = Embedders.forTask(backbone, DeviceRequest.CPU, 1).embed(images);
    CovarianceAccumulator fromRows = new CovarianceAccumulator(backbone.spec().channels());
    fromRows.add(patches, rows);
    PartialCovariance ofRows = fromRows.toPartial();
    MapCovariance fromMaps = new MapCovariance(maps.layout());
    fromMaps.add(maps);
    PartialCovariance ofMaps = fromMaps.toPartial();
    PrincipalComponents components = PrincipalComponents.fit(ofRows, 0.95);

    assertThat(difference(doubles(maps.rows()), doubles(patches))).isLessThan(1e-6);
    assertThat(difference(ofMaps.mean(), ofRows.mean())).isLessThan(1e-7);
    assertThat(difference(ofMaps.covariance(), ofRows.covariance())).isLessThan(1e-6);
    assertThat(
            difference(
                doubles(components.project(maps)), doubles(components.project(patches, rows))))
        .isLessThan(1e-6);
    assertThat(PrincipalComponents.fit(ofMaps, 0.95).count()).isEqualTo(components.count());
  }

  /** The Frobenius norm of the difference, in parts of that of the second. */
  private static double difference(double[] one, double[] other) {
    assertThat(one).hasSameSizeAs(other);
    double difference = 0;
    double whole = 0;
    for (int i = 0; i < one.length; i++) {
      difference += (one[i] - other[i]) * (one[i] - other[i]);
      whole += other[i] * other[i];
    }
    return Math.sqrt(difference / whole);
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  @Test
  void anImageInTheBankIsAtDistanceZero() {
    int rows = IMAGES * backbone.spec().patches();
    MapCovariance covariance = new MapCovariance(maps.layout());
    covariance.add(maps);
    PrincipalComponents components = PrincipalComponents.fit(covariance.toPartial(), 0.95);
    float[] projected = components.project(maps);

    float[] reduced =
        Embedders.forTask(backbone, components.reduction(), DeviceRequest.CPU, 1).embed(images);

    try (ExactSearch search =
        new ExactSearch(new MemoryBank(components.count(), List.of(projected)))) {
      float[] distances = search.meanDistances(reduced, rows, 1);
      for (int row = 0; row < rows; row++) {
        double length = 0;
        for (int j = 0; j < components.count(); j++) {
          length += Math.pow(projected[row * components.count() + j], 2);
        }
        assertThat(distances[row])
            .as("patch %d", row)
            .isLessThan((float) (1e-5 * Math.sqrt(length)));
      }
    }
  }
}
