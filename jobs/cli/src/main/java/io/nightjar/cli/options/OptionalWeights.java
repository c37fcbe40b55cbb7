package io.nightjar.cli.options;

import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.job.options.BackboneSource;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The weights of a network that a command can do without. */
public final class OptionalWeights {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--weights",
      paramLabel = "URI",
      description =
          "Pretrained weights, as for evaluate, such as torchvision:resnet50. Without them"
              + " demo and benchmark take seeded random ones, update-bank reads no image, and doctor"
              + " measures no network.")
  private Optional<String> weights = Optional.empty();

  @Option(
      names = "--weights-sha256",
      paramLabel = "HEX",
      description = "The weights' SHA-256; required for an http(s) address.")
  private Optional<String> sha256 = Optional.empty();

  /** Where they are; empty where none are named. */
  public Optional<String> place() {
    refuseHashAlone(command, weights);
    return weights;
  }

  /** Refuses a hash without the weights that it is of. */
  static void refuseHashAlone(CommandSpec command, Optional<String> weights) {
    new GivenOptions(command)
        .refuseWhere(
            weights.isEmpty(), "is the hash of --weights, which names none", "--weights-sha256");
  }

  public Optional<String> sha256() {
    return sha256;
  }

  /**
   * A network with the weights that are named; empty where none are.
   *
   * @throws io.nightjar.error.InvalidInputException if there are not as many as networks
   */
  public Optional<BackboneSource> of(EmbeddingSpec spec) {
    return place().map(named -> of(spec, named, sha256));
  }

  static BackboneSource of(EmbeddingSpec spec, String weights, Optional<String> sha256) {
    BackboneSource source = new BackboneSource(spec, weights, sha256);
    source.places();
    return source;
  }
}
