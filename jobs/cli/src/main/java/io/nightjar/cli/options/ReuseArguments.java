package io.nightjar.cli.options;

import java.util.Optional;
import picocli.CommandLine.Option;

/** What a run takes from earlier ones. */
public final class ReuseArguments {
  private static final String NONE = "none";

  @Option(
      names = "--reuse",
      paramLabel = "URI",
      description =
          "The folder of a run whose store this one shares: what it holds and nothing has changed"
              + " of is taken, the rest is computed and kept there (default: --out). A run that was"
              + " killed goes on by the same command. \"none\": nothing is taken or kept.")
  private Optional<String> reuse = Optional.empty();

  /**
   * The folder in which the store is; empty where nothing is taken or kept.
   *
   * @param out the folder of the results
   */
  public Optional<String> folder(String out) {
    return reuse.isPresent() && reuse.get().equals(NONE)
        ? Optional.empty()
        : Optional.of(reuse.orElse(out));
  }
}
