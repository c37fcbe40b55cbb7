package io.nightjar.cli.settings;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Fills options that the command line leaves out: from the file named by {@code --config}, then
 * from {@link OptionDefaults}. A setting has its option's name, below {@code nightjar}. One file
 * may serve all commands: a command takes the settings of the options that it has.
 */
public final class ConfiguredDefaults implements IDefaultValueProvider {
  private final SettingsFile file;
  private final Map<String, String> values;

  private ConfiguredDefaults(SettingsFile file, Map<String, String> values) {
    this.file = file;
    this.values = values;
  }

  /** The defaults alone. */
  public static ConfiguredDefaults builtIn() {
    return new ConfiguredDefaults(SettingsFile.NONE, OptionDefaults.all());
  }

  /**
   * Reads a file of settings.
   *
   * @throws InvalidInputException if the file is absent, is no HOCON, or has a setting that no
   *     option has
   */
  public static ConfiguredDefaults from(Path file) {
    return of(SettingsFile.read(file));
  }

  /** The settings of a file that has been read. */
  public static ConfiguredDefaults of(SettingsFile file) {
    Map<String, String> values = new HashMap<>(OptionDefaults.all());
    values.putAll(file.values());
    return new ConfiguredDefaults(file, values);
  }

  /** The same with other values of some settings. */
  public ConfiguredDefaults with(Map<String, String> settings) {
    Map<String, String> changed = new HashMap<>(values);
    changed.putAll(settings);
    return new ConfiguredDefaults(file, changed);
  }

  /**
   * Refuses a file for a sweep, whose lists and configurations one run cannot obey.
   *
   * @throws InvalidInputException naming the first of them
   */
  public void requireOneConfiguration() {
    Stream.concat(
            file.lists().keySet().stream().map(name -> Text.format("nightjar.%s is a list", name)),
            file.configurations().keySet().stream()
                .map(name -> Text.format("nightjar.configurations.%s is a configuration", name)))
        .findFirst()
        .ifPresent(
            what -> {
              throw new InvalidInputException(
                  Text.format(
                      "--config %s: %s, which only sweep takes; give each setting one value.",
                      file.file(), what));
            });
  }

  @Override
  public String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? values.get(option.longestName().replaceFirst("^-+", ""))
        : null;
  }
}
