package io.nightjar.cli.names;

import io.nightjar.text.Text;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in a sentence what of a command line is neither a command nor an option. */
public final class UnknownArguments {
  private UnknownArguments() {}

  /** The sentence on the first argument that fits nothing, with what was probably meant. */
  public static String sentence(UnmatchedArgumentException e) {
    CommandLine command = e.getCommandLine();
    List<String> arguments = e.getUnmatched();
    Optional<String> refused =
        arguments.stream()
            .flatMap(argument -> RefusedOptions.sentence(command, argument).stream())
            .findFirst();
    if (refused.isPresent()) {
      return refused.get();
    }
    String argument = arguments.get(0);
    boolean isOption = argument.startsWith("-");
    if (command.getParent() == null) {
      return Text.format(
          "There is no %s %s; %s",
          isOption ? "option" : "command",
          name(argument, isOption),
          advice(e, "nightjar help lists the commands."));
    }
    String name = command.getCommandName();
    String help = Text.format("nightjar help %s lists its options.", name);
    return isOption
        ? Text.format(
            "The command %s does not have the option %s; %s",
            name, name(argument, true), advice(e, help))
        : Text.format("The command %s cannot use the argument '%s'; %s", name, argument, help);
  }

  private static String name(String argument, boolean isOption) {
    int equals = argument.indexOf('=');
    return isOption && equals > 0 ? argument.substring(0, equals) : argument;
  }

  /** Only the nearest name: those after it have little in common with what was typed. */
  private static String advice(UnmatchedArgumentException e, String otherwise) {
    return e.getSuggestions().stream()
        .findFirst()
        .map(suggestion -> suggestion.substring(suggestion.lastIndexOf(' ') + 1))
        .map(name -> Text.format("did you mean %s?", name))
        .orElse(otherwise);
  }
}
