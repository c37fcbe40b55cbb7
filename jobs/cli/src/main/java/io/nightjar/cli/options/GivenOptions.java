package io.nightjar.cli.options;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import picocli.CommandLine.Model.CommandSpec;

/** The options that a command line names itself, whatever settings and defaults say. */
public record GivenOptions(CommandSpec command) {

  public boolean has(String option) {
    return command.commandLine().getParseResult().hasMatchedOption(option);
  }

  /**
   * Refuses options that would have no effect: an option is obeyed, or refused in a sentence.
   *
   * @param pointless whether they would have none
   * @param reason why, and what to do instead; completes "The option --x ..."
   * @throws InvalidInputException naming the first that is given
   */
  public void refuseWhere(boolean pointless, String reason, String... options) {
    for (String option : options) {
      if (pointless && has(option)) {
        throw new InvalidInputException(Text.format("The option %s %s.", option, reason));
      }
    }
  }
}
