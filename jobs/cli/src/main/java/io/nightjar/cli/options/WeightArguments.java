package io.nightjar.cli.options;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.weights.SeededWeights;
import io.nightjar.job.options.BackboneSource;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The network that embeds the images, and its weights. */
public final class WeightArguments {
  @Option(
      names = "--weights",
      required = true,
      paramLabel = "URI",
      description =
          "Pretrained weights: a .safetensors file or a torch state dict (.pth), local, on any"
              + " Hadoop file system or at an http(s) address; or a name such as"
              + " torchvision:resnet50. evaluate also takes random:SEED, weights without meaning for"
              + " rehearsals.")
  private String weights;

  @Option(
      names = "--weights-sha256",
      paramLabel = "HEX",
      description = "The weights' SHA-256; required for an http(s) address.")
  private Optional<String> weightsSha256 = Optional.empty();

  /** The network with seeded random weights; empty where others are named. */
  public Optional<BackboneModel> seeded(EmbeddingSpec spec) {
    return SeededWeights.parseSeed(weights)
        .map(seed -> BackboneModel.build(spec, SeededWeights.of(spec.architecture(), seed)));
  }

  public BackboneSource of(EmbeddingSpec spec) {
    return new BackboneSource(spec, weights, weightsSha256);
  }
}
