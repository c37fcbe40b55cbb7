package io.nightjar.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Fills options that the command line leaves out: from the file named by {@code --config}, then
 * from the defaults in {@code conf/mvtec-ad.conf}. A setting has its option's name, below {@code
 * nightjar}.
 */
final class ConfiguredDefaults implements IDefaultValueProvider {
  private static final String ROOT = "nightjar";
  private static final String DEFAULTS = "io/nightjar/conf/mvtec-ad.conf";

  private final Config config;

  private ConfiguredDefaults(Config config) {
    this.config = config;
  }

  static ConfiguredDefaults builtIn() {
    return new ConfiguredDefaults(defaults());
  }

  /**
   * @throws InvalidInputException if the file is absent, is no HOCON, or has a setting that no
   *     option has
   */
  static ConfiguredDefaults from(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          Text.format("--config %s: there is no such file.", file.toAbsolutePath()));
    }
    try {
      Config own = ConfigFactory.parseFile(file.toFile()).resolve();
      Config defaults = defaults();
      for (String name :
          own.hasPath(ROOT) ? own.getConfig(ROOT).root().keySet() : own.root().keySet()) {
        if (!defaults.hasPathOrNull(ROOT + "." + name)) {
          throw new InvalidInputException(
              Text.format(
                  "--config %s: there is no setting nightjar.%s; the known ones are %s.",
                  file, name, String.join(", ", defaults.getConfig(ROOT).root().keySet())));
        }
      }
      return new ConfiguredDefaults(own.withFallback(defaults));
    } catch (ConfigException e) {
      throw new InvalidInputException(Text.format("--config %s: %s", file, e.getMessage()), e);
    }
  }

  @Override
  public String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    String path = ROOT + "." + option.longestName().replaceFirst("^-+", "");
    return config.hasPath(path) ? config.getString(path) : null;
  }

  private static Config defaults() {
    return ConfigFactory.parseResources(
        ConfiguredDefaults.class.getClassLoader(),
        DEFAULTS,
        ConfigParseOptions.defaults().setAllowMissing(false));
  }
}
