package io.nightjar.cli.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.nightjar.cli.names.RenamedOptions;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Fills options that the command line leaves out: from the file named by {@code --config}, then
 * from {@link OptionDefaults}. A setting has its option's name, below {@code nightjar}. One file
 * may serve all commands: a command takes the settings of the options that it has.
 */
public final class ConfiguredDefaults implements IDefaultValueProvider {
  private static final String ROOT = "nightjar";

  private final Map<String, String> values;

  private ConfiguredDefaults(Map<String, String> values) {
    this.values = values;
  }

  /** The defaults alone. */
  public static ConfiguredDefaults builtIn() {
    return new ConfiguredDefaults(OptionDefaults.all());
  }

  /**
   * Reads a file of settings.
   *
   * @throws InvalidInputException if the file is absent, is no HOCON, or has a setting that no
   *     option has
   */
  public static ConfiguredDefaults from(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          Text.format("--config %s: there is no such file.", file.toAbsolutePath()));
    }
    try {
      Config config = ConfigFactory.parseFile(file.toFile()).resolve();
      Config own = config.hasPath(ROOT) ? config.getConfig(ROOT) : config;
      Map<String, String> values = new HashMap<>(OptionDefaults.all());
      for (String name : own.root().keySet()) {
        String option = RenamedOptions.current(name);
        if (!values.containsKey(option)) {
          throw new InvalidInputException(
              Text.format(
                  "--config %s: there is no setting nightjar.%s; the known ones are %s.",
                  file, name, String.join(", ", new TreeSet<>(values.keySet()))));
        }
        values.put(option, own.getString(name));
      }
      return new ConfiguredDefaults(values);
    } catch (ConfigException e) {
      throw new InvalidInputException(Text.format("--config %s: %s", file, e.getMessage()), e);
    }
  }

  @Override
  public String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? values.get(option.longestName().replaceFirst("^-+", ""))
        : null;
  }
}
