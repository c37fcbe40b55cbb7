package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.backbone.Architecture;
import io.nightjar.backbone.DeviceRequest;
import io.nightjar.backbone.Embedders;
import io.nightjar.backbone.EmbeddingSpec;
import io.nightjar.backbone.TrunkModel;
import io.nightjar.backbone.WeightFiles;
import io.nightjar.bank.ExactSearch;
import io.nightjar.bank.MemoryBank;
import io.nightjar.dataset.BilinearResize;
import io.nightjar.dataset.ImageDecoder;
import io.nightjar.dataset.RgbImage;
import io.nightjar.pca.CovarianceAccumulator;
import io.nightjar.pca.PrincipalComponents;
import io.nightjar.testing.SharedFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** The bank's rows are projected from whole patches, the queries in the network's graph. */
class ReducedScoresTest {
  private static final int IMAGES = 3;

  @Test
  void anImageInTheBankIsAtDistanceZero() throws Exception {
    TrunkModel trunk =
        TrunkModel.build(
            EmbeddingSpec.of(Architecture.RESNET50_V1),
            WeightFiles.load(
                SharedFiles.resnet50V1Weights().toString(), Optional.empty(), new Configuration()));
    List<RgbImage> images = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      Path file = SharedFiles.mvtecAd().resolve("bottle/train/good/%03d.png".formatted(i));
      RgbImage image = ImageDecoder.decode(Files.readAllBytes(file), file.toString());
      images.add(BilinearResize.resize(image, 224, 224));
    }
    int rows = IMAGES * trunk.spec().patches();
    float[] patches = Embedders.forTask(trunk, DeviceRequest.CPU, 1).embed(images);
    CovarianceAccumulator covariance = new CovarianceAccumulator(trunk.spec().channels());
    covariance.add(patches, rows);
    PrincipalComponents components = PrincipalComponents.fit(covariance.toPartial(), 0.95);
    float[] projected = components.project(patches, rows);

    float[] reduced =
        Embedders.forTask(trunk, components.reduction(), DeviceRequest.CPU, 1).embed(images);

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
