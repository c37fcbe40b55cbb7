package io.nightjar.cli.options;

import java.util.Optional;
import java.util.function.BiConsumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The weights of a network that a stored bank names. */
public final class BankWeights {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--weights",
      paramLabel = "URI",
      description =
          "The weights that the bank was built with (default: where the bank says that they came"
              + " from).")
  private Optional<String> weights = Optional.empty();

  @Option(
      names = "--weights-sha256",
      paramLabel = "HEX",
      description = "The SHA-256 of --weights; in any case it must be that of the bank.")
  private Optional<String> sha256 = Optional.empty();

  /**
   * Refuses a hash that is named alone.
   *
   * @throws io.nightjar.error.InvalidInputException if it is
   */
  public void requireUsable() {
    OptionalWeights.refuseHashAlone(command, weights);
  }

  /**
   * Hands on where they are, with their SHA-256 if it is named; does nothing where they are not.
   */
  public void ifNamed(BiConsumer<String, Optional<String>> action) {
    weights.ifPresent(place -> action.accept(place, sha256));
  }
}
