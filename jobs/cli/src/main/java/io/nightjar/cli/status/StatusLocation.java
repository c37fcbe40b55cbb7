package io.nightjar.cli.status;

import io.nightjar.report.status.StatusFile;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Where a command line leaves its status, even one that cannot be parsed: the one who waits for it
 * must learn of that, too.
 */
public final class StatusLocation {
  /** The file, or the folder that it is in. */
  public static final String FILE = "--status-file";

  /** What the status is of. */
  public static final String RUN_ID = "--run-id";

  private static final String OUT = "--out";

  /** Their results are a folder of their own, whose status is in it. */
  private static final Set<String> WITH_RESULTS = Set.of("evaluate", "score", "metrics", "watch");

  /** They report on other commands, or on none. */
  private static final Set<String> WITHOUT_STATUS = Set.of("status", "help");

  private final String[] arguments;
  private final Optional<CommandLine> command;
  private final boolean isParsed;
  private final boolean isHelp;

  private StatusLocation(CommandLine line, String... arguments) {
    this.arguments = arguments;
    this.command =
        arguments.length == 0 || WITHOUT_STATUS.contains(arguments[0])
            ? Optional.empty()
            : Optional.ofNullable(line.getSubcommands().get(arguments[0]));
    boolean parsed = false;
    boolean help = false;
    if (command.isPresent()) {
      try {
        line.parseArgs(arguments);
        help = asksForHelp(line) || asksForHelp(command.get());
        parsed = true;
      } catch (ParameterException e) {
        // It is reported when the line is executed.
      }
    }
    this.isParsed = parsed;
    this.isHelp = help;
  }

  /**
   * Of a command line, which is parsed for it.
   *
   * @param line takes the arguments
   */
  public static StatusLocation of(CommandLine line, String... arguments) {
    return new StatusLocation(line, arguments);
  }

  private static boolean asksForHelp(CommandLine line) {
    return line.isUsageHelpRequested() || line.isVersionHelpRequested();
  }

  /** The command's name. */
  public String command() {
    return command.map(CommandLine::getCommandName).orElse("");
  }

  /** What the run is called. */
  public String runId() {
    return value(RUN_ID).orElseGet(() -> UUID.randomUUID().toString());
  }

  /** Whether the caller named the run. */
  public boolean isNamed() {
    return value(RUN_ID).isPresent();
  }

  /**
   * The file that was asked for; empty where none was, or the command leaves no status.
   *
   * @throws io.nightjar.error.InvalidInputException if it can be nowhere
   */
  public Optional<StatusFile> asked() {
    return file(value(FILE));
  }

  /**
   * The file among the results; empty where the command has none.
   *
   * @throws io.nightjar.error.InvalidInputException if it can be nowhere
   */
  public Optional<StatusFile> ofResults() {
    return WITH_RESULTS.contains(command()) ? file(value(OUT)) : Optional.empty();
  }

  private Optional<StatusFile> file(Optional<String> place) {
    return isHelp || command.isEmpty()
        ? Optional.empty()
        : place.map(
            location -> StatusFile.at(location, StatusStorage.configuration(command.get())));
  }

  /** The last value of an option. */
  private Optional<String> value(String name) {
    if (isParsed) {
      OptionSpec option = command.get().getCommandSpec().findOption(name);
      return option == null ? Optional.empty() : text(option.getValue());
    }
    Optional<String> value = Optional.empty();
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].startsWith(name + "=")) {
        value = Optional.of(arguments[i].substring(name.length() + 1));
      } else if (arguments[i].equals(name) && i + 1 < arguments.length) {
        value = Optional.of(arguments[i + 1]);
      }
    }
    return value;
  }

  private static Optional<String> text(Object value) {
    return value instanceof Optional<?> optional
        ? optional.map(Object::toString)
        : Optional.ofNullable(value).map(Object::toString);
  }
}
