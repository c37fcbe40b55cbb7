package io.nightjar.cli.names;

import io.nightjar.text.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.OptionSpec;

/** Says why a command does not have an option that others have. */
public final class RefusedOptions {
  private static final String OF_A_BUILT_BANK =
      "it says what a bank is built of, and an update keeps the bank's own";
  private static final String OF_A_STORED_BANK =
      "it says what a bank is built of, and a stored bank keeps its own";

  private static final String OF_A_CONFIGURATION =
      "how images are evaluated is in the settings of --config, for one configuration or for all";

  private static final String SWEEP = "sweep";
  private static final String EVALUATE = "evaluate";

  private static final Map<String, Map<String, String>> REASONS =
      Map.of(
          "update-bank", ofBanks(OF_A_BUILT_BANK),
          "score", ofBanks(OF_A_STORED_BANK),
          "inspect-bank", ofBanks(OF_A_STORED_BANK));

  private RefusedOptions() {}

  private static Map<String, String> ofBanks(String reason) {
    return List.of(
            "--scope",
            "--variance",
            "--max-components",
            "--stage-weights",
            "--coreset",
            "--coreset-method",
            "--coreset-seed",
            "--position")
        .stream()
        .collect(Collectors.toMap(option -> option, option -> reason));
  }

  /** The sentence for an argument that the command does not know; empty where no command does. */
  public static Optional<String> sentence(CommandLine command, String argument) {
    String option =
        argument.contains("=") ? argument.substring(0, argument.indexOf('=')) : argument;
    String name = command.getCommandName();
    List<String> others =
        command.getParent() == null
            ? List.of()
            : command.getParent().getSubcommands().values().stream()
                .filter(other -> other.getCommandSpec().findOption(option) != null)
                .map(CommandLine::getCommandName)
                .distinct()
                .toList();
    if (others.isEmpty()) {
      return Optional.empty();
    }
    String reason =
        name.equals(SWEEP) && isSetting(command.getParent().getSubcommands().get(EVALUATE), option)
            ? OF_A_CONFIGURATION
            : REASONS.getOrDefault(name, Map.of()).get(option);
    return Optional.of(
        Text.format(
            "The command %s does not have the option %s%s. It is an option of %s.",
            name, option, reason == null ? "" : ": " + reason, String.join(", ", others)));
  }

  /** Whether a file of settings has the option, which then has a default. */
  private static boolean isSetting(CommandLine evaluate, String option) {
    OptionSpec found = evaluate == null ? null : evaluate.getCommandSpec().findOption(option);
    IDefaultValueProvider defaults = found == null ? null : evaluate.getDefaultValueProvider();
    try {
      return defaults != null && defaults.defaultValue(found) != null;
    } catch (Exception e) { // as the provider's interface has it
      throw new IllegalStateException("The default of " + option + " cannot be found", e);
    }
  }
}
