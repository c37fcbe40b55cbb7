package io.nightjar.cli.sweep;

import io.nightjar.cli.settings.OptionDefaults;
import io.nightjar.error.InvalidInputException;
import io.nightjar.report.sweep.SweptConfiguration;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * The command line of one configuration: its settings as options. One that has its default stays a
 * default, since only what differs from it is refused where it has no effect.
 */
public final class ConfigurationLine {
  private final List<String> arguments = new ArrayList<>();
  private final Map<String, String> atDefault = new LinkedHashMap<>();

  /** The settings alone. */
  public ConfigurationLine(SweptConfiguration configuration) {
    configuration.settings().forEach(this::set);
  }

  private void set(String option, String value) {
    if (value.equals(OptionDefaults.all().get(option))) {
      atDefault.put(option, value);
    } else {
      arguments.add(Text.format("--%s=%s", option, value));
    }
  }

  /** Adds what is no setting of the configuration, such as {@code --out=results}. */
  public void add(String argument) {
    arguments.add(argument);
  }

  /** The arguments after the name of the command. */
  public List<String> arguments() {
    return List.copyOf(arguments);
  }

  /** Settings that have their default, whatever a file of settings says. */
  public Map<String, String> atDefault() {
    return Map.copyOf(atDefault);
  }

  /**
   * Reads the line.
   *
   * @param command its name
   * @param lines the commands, with these settings in place of those of a file of settings
   * @return the line of the command, with its arguments
   */
  public CommandLine parsed(String command, Function<Map<String, String>, CommandLine> lines) {
    CommandLine line = lines.apply(atDefault);
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(arguments);
    line.parseArgs(all.toArray(String[]::new));
    return line.getSubcommands().get(command);
  }

  /**
   * Plans the evaluation of a configuration.
   *
   * @param name of the configuration
   * @throws InvalidInputException naming it, if it cannot be evaluated
   */
  public static <T> T planned(String name, Supplier<T> plan) {
    try {
      return plan.get();
    } catch (InvalidInputException | CommandLine.ParameterException e) {
      throw new InvalidInputException(Text.format("Configuration %s: %s", name, e.getMessage()), e);
    }
  }
}
