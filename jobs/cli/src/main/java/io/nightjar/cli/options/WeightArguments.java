package io.nightjar.cli.options;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.EmbeddingSpec;
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
              + " rehearsals. Of several backbones one for each, between commas, in the same"
              + " order.")
  private String weights;

  @Option(
      names = "--weights-sha256",
      paramLabel = "HEX",
      description = "The weights' SHA-256; required for an http(s) address.")
  private Optional<String> weightsSha256 = Optional.empty();

  /** The network with seeded random weights; empty where others are named. */
  public Optional<BackboneModel> seeded(EmbeddingSpec spec) {
    return of(spec).places().seeded().map(seeded -> BackboneModel.build(spec, seeded));
  }

  /**
   * The network with the weights that are named.
   *
   * @throws io.nightjar.error.InvalidInputException if there are not as many as networks
   */
  public BackboneSource of(EmbeddingSpec spec) {
    return OptionalWeights.of(spec, weights, weightsSha256);
  }
}
