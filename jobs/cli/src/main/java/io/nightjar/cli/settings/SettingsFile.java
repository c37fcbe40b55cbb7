package io.nightjar.cli.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.nightjar.cli.names.RenamedOptions;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A file of settings, each by its option's name, below {@code nightjar}. A setting has one value;
 * in a file for a sweep it may have a list of values, and named configurations may have settings of
 * their own.
 *
 * @param option that named it
 * @param file where it is
 * @param values settings with one value
 * @param lists settings with several, in the order of the file
 * @param configurations the settings of named configurations, in the order of the file
 */
public record SettingsFile(
    String option,
    Path file,
    Map<String, String> values,
    Map<String, List<String>> lists,
    Map<String, Map<String, String>> configurations) {
  private static final String CONFIG = "--config";
  private static final String ROOT = "nightjar";
  private static final String CONFIGURATIONS = "configurations";

  /** What no settings file may name for all commands, but a configuration for itself. */
  private static final Set<String> OF_A_CONFIGURATION = Set.of("weights", "weights-sha256");

  /** A file without settings. */
  public static final SettingsFile NONE =
      new SettingsFile(CONFIG, Path.of(""), Map.of(), Map.of(), Map.of());

  /**
   * Reads a file.
   *
   * @throws InvalidInputException if the file is absent, is no HOCON, or has a setting that no
   *     option has
   */
  public static SettingsFile read(Path file) {
    return read(CONFIG, file);
  }

  /**
   * Reads a file that another option names, for which sentences then are.
   *
   * @throws InvalidInputException as above
   */
  public static SettingsFile read(String option, Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          Text.format("%s %s: there is no such file.", option, file.toAbsolutePath()));
    }
    String named = option + " " + file;
    try {
      Config config = ConfigFactory.parseFile(file.toFile()).resolve();
      return of(option, file, named, config.hasPath(ROOT) ? config.getConfig(ROOT) : config);
    } catch (ConfigException e) {
      throw new InvalidInputException(Text.format("%s: %s", named, e.getMessage()), e);
    }
  }

  private static SettingsFile of(String option, Path file, String named, Config own) {
    Map<String, String> values = new LinkedHashMap<>();
    Map<String, List<String>> lists = new LinkedHashMap<>();
    Map<String, Map<String, String>> configurations = new LinkedHashMap<>();
    for (Map.Entry<String, ConfigValue> setting : inOrder(own.root())) {
      String name = RenamedOptions.current(setting.getKey());
      if (setting.getKey().equals(CONFIGURATIONS)
          && setting.getValue() instanceof ConfigObject each) {
        for (Map.Entry<String, ConfigValue> configuration : inOrder(each)) {
          configurations.put(configuration.getKey(), settings(named, configuration));
        }
        continue;
      }
      requireKnown(named, setting.getKey(), OptionDefaults.all().keySet());
      if (setting.getValue() instanceof ConfigList list) {
        lists.put(name, list.stream().map(value -> text(named, setting.getKey(), value)).toList());
      } else {
        values.put(name, text(named, setting.getKey(), setting.getValue()));
      }
    }
    return new SettingsFile(option, file, values, lists, configurations);
  }

  private static Map<String, String> settings(
      String file, Map.Entry<String, ConfigValue> configuration) {
    String name = CONFIGURATIONS + "." + configuration.getKey();
    if (!(configuration.getValue() instanceof ConfigObject own)) {
      throw new InvalidInputException(
          Text.format(
              "%s: nightjar.%s must be settings in braces, such as { smoothing = 4 }.",
              file, name));
    }
    Set<String> known = new TreeSet<>(OptionDefaults.all().keySet());
    known.addAll(OF_A_CONFIGURATION);
    Map<String, String> settings = new LinkedHashMap<>();
    for (Map.Entry<String, ConfigValue> setting : inOrder(own)) {
      String path = name + "." + setting.getKey();
      if (!known.contains(RenamedOptions.current(setting.getKey()))) {
        requireKnown(file, path, known);
      }
      settings.put(RenamedOptions.current(setting.getKey()), text(file, path, setting.getValue()));
    }
    return settings;
  }

  private static void requireKnown(String file, String name, Set<String> known) {
    if (!known.contains(RenamedOptions.current(name))) {
      throw new InvalidInputException(
          Text.format(
              "%s: there is no setting nightjar.%s; the known ones are %s.",
              file, name, String.join(", ", new TreeSet<>(known))));
    }
  }

  private static String text(String file, String name, ConfigValue value) {
    if (Set.of(ConfigValueType.OBJECT, ConfigValueType.LIST, ConfigValueType.NULL)
        .contains(value.valueType())) {
      throw new InvalidInputException(
          Text.format(
              "%s: nightjar.%s must be text or a number, and is %s.", file, name, value.render()));
    }
    return value.atKey("value").getString("value");
  }

  /** The entries in the order of the file. */
  private static List<Map.Entry<String, ConfigValue>> inOrder(ConfigObject object) {
    return object.entrySet().stream()
        .sorted(
            Comparator.comparingInt(
                    (Map.Entry<String, ConfigValue> entry) ->
                        entry.getValue().origin().lineNumber())
                .thenComparing(Map.Entry::getKey))
        .toList();
  }
}
