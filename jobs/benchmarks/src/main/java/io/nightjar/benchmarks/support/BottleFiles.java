package io.nightjar.benchmarks.support;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.weights.WeightFiles;
import io.nightjar.backbone.weights.Weights;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.layout.MvtecAdLayout;
import io.nightjar.text.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Option;

/** The real images and weights of a benchmark: MVTec AD's bottle and He et al.'s ResNet-50. */
public final class BottleFiles {
  public static final String CATEGORY = "bottle";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The folder with MVTec AD's bottle (default: data/mvtec_ad below NIGHTJAR_SHARED).")
  private Path data;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "He et al.'s ResNet-50 (default: weights/resnet50_v1_imagenet.safetensors below"
              + " NIGHTJAR_SHARED).")
  private Path weights;

  /**
   * The data set's folder.
   *
   * @throws MissingFileException where it does not exist
   */
  public Path mvtecAd() {
    return require(data, "data/mvtec_ad", "--data");
  }

  /** The images of bottle. */
  public Category bottle() {
    return MvtecAdLayout.list(mvtecAd().toString(), List.of(CATEGORY), new Configuration()).get(0);
  }

  /**
   * The network with its weights.
   *
   * @throws MissingFileException where there are none
   */
  public BackboneModel backbone() {
    Path file = require(weights, "weights/resnet50_v1_imagenet.safetensors", "--weights");
    return BackboneModel.load(
        EmbeddingSpec.of(Architecture.RESNET50_V1),
        file.toString(),
        Optional.empty(),
        new Configuration());
  }

  /**
   * The tensors of the network.
   *
   * @throws MissingFileException where there are none
   */
  public Weights weights() {
    Path file = require(weights, "weights/resnet50_v1_imagenet.safetensors", "--weights");
    return WeightFiles.load(file.toString(), Optional.empty(), new Configuration());
  }

  private static Path require(Path named, String shared, String option) {
    String folder = System.getenv("NIGHTJAR_SHARED");
    Path file = named != null ? named : Path.of(folder == null ? "." : folder, shared);
    if (!Files.exists(file)) {
      throw new MissingFileException(
          Text.format("There is no %s; name one with %s or NIGHTJAR_SHARED.", file, option));
    }
    return file.toAbsolutePath().normalize();
  }
}
