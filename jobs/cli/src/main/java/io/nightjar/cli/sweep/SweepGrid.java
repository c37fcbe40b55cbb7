package io.nightjar.cli.sweep;

import io.nightjar.cli.settings.OptionDefaults;
import io.nightjar.cli.settings.SettingsFile;
import io.nightjar.error.InvalidInputException;
import io.nightjar.report.sweep.SweptConfiguration;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The configurations that a file of settings spans: the plain method, every combination of the
 * values that settings have lists of, and the named ones.
 */
public final class SweepGrid {
  private static final int MOST = 1000;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,119}");

  /** Settings that say what is measured, on which no choice of a method may depend. */
  private static final Set<String> OF_THE_MEASURE =
      Set.of("layout", "resolution", "mask-values", "exact-metrics", "max-quarantined");

  /** Settings that no score depends on. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "device",
          "batch-images",
          "partitions",
          "concurrent-categories",
          "train-patches",
          "broadcast-limit",
          "visualizations",
          "search-check-images",
          "refit",
          "guard",
          "psi-limit",
          "ks-alpha",
          "tolerance",
          "alpha",
          "resamples",
          "bootstrap-seed",
          "fail-on");

  /** The network, whose weights the command line names for the plain method. */
  private static final String BACKBONE = "backbone";

  private final SettingsFile file;
  private final Set<String> swept = new LinkedHashSet<>();
  private final List<SweptConfiguration> configurations = new ArrayList<>();

  private SweepGrid(SettingsFile file) {
    this.file = file;
    file.lists().forEach(this::requireList);
    swept.addAll(file.lists().keySet());
    file.configurations()
        .forEach(
            (name, settings) -> {
              requireName(name);
              settings.keySet().forEach(this::requireSweepable);
              swept.addAll(settings.keySet());
            });
  }

  /**
   * The configurations, the plain method first.
   *
   * @throws InvalidInputException if the file has lists or configurations that cannot be used
   */
  public static List<SweptConfiguration> of(SettingsFile file) {
    return new SweepGrid(file).configurations();
  }

  /**
   * The configurations that the file names, without the plain method unless it is one of them: of
   * each the settings that the file has for it, and no others.
   *
   * @throws InvalidInputException if the file has lists or configurations that cannot be used
   */
  public static List<SweptConfiguration> named(SettingsFile file) {
    SweepGrid grid = new SweepGrid(file);
    grid.points().forEach(point -> grid.add(grid.withValues(name(point), point)));
    file.configurations().forEach((name, own) -> grid.add(grid.withValues(name, own)));
    return List.copyOf(grid.configurations);
  }

  private SweptConfiguration withValues(String name, Map<String, String> own) {
    Map<String, String> settings = new LinkedHashMap<>(file.values());
    settings.putAll(own);
    return new SweptConfiguration(name, settings);
  }

  private List<SweptConfiguration> configurations() {
    Map<String, String> plain = new LinkedHashMap<>();
    Map<String, String> others = new LinkedHashMap<>();
    for (String option : swept) {
      if (OptionDefaults.all().containsKey(option)) {
        plain.put(option, plain(option));
        others.put(
            option,
            file.lists().containsKey(option)
                ? plain.get(option)
                : file.values().getOrDefault(option, plain.get(option)));
      }
    }
    configurations.add(new SweptConfiguration(SweptConfiguration.PLAIN, plain));
    for (Map<String, String> point : points()) {
      Map<String, String> settings = new LinkedHashMap<>(others);
      settings.putAll(point);
      if (!canonical(settings).equals(canonical(plain))) {
        add(new SweptConfiguration(name(point), settings));
      }
    }
    file.configurations()
        .forEach(
            (name, own) -> {
              Map<String, String> settings = new LinkedHashMap<>(others);
              settings.putAll(own);
              add(new SweptConfiguration(name, settings));
            });
    return List.copyOf(configurations);
  }

  /** The default, but of the network that the command line names the weights of. */
  private String plain(String option) {
    String value = OptionDefaults.all().get(option);
    if (!option.equals(BACKBONE)) {
      return value;
    }
    List<String> listed = file.lists().getOrDefault(option, List.of());
    return listed.isEmpty()
        ? file.values().getOrDefault(option, value)
        : listed.contains(value) ? value : listed.get(0);
  }

  /** Every combination of the lists' values; none where there is no list. */
  private List<Map<String, String>> points() {
    if (file.lists().isEmpty()) {
      return List.of();
    }
    List<Map<String, String>> points = new ArrayList<>(List.of(Map.of()));
    for (Map.Entry<String, List<String>> list : file.lists().entrySet()) {
      List<Map<String, String>> more = new ArrayList<>();
      for (Map<String, String> point : points) {
        for (String value : list.getValue()) {
          Map<String, String> extended = new LinkedHashMap<>(point);
          extended.put(list.getKey(), value);
          more.add(extended);
        }
      }
      points = more;
      if (points.size() > MOST) {
        throw refused(Text.format("its lists span more than %d configurations", MOST));
      }
    }
    return points;
  }

  private void add(SweptConfiguration added) {
    for (SweptConfiguration other : configurations) {
      if (canonical(other.settings()).equals(canonical(added.settings()))) {
        throw refused(
            Text.format(
                "the configurations %s and %s are the same; leave one out",
                other.name(), added.name()));
      }
      if (other.name().equals(added.name())) {
        throw refused(Text.format("two configurations are called %s; rename one", added.name()));
      }
    }
    configurations.add(added);
  }

  private static String name(Map<String, String> point) {
    return point.entrySet().stream()
        .map(setting -> setting.getKey() + "-" + setting.getValue())
        .collect(Collectors.joining("_"))
        .replaceAll("[^A-Za-z0-9._-]+", "-");
  }

  /** Values by what they mean: 4 and 4.0 are the same. */
  private static Map<String, Object> canonical(Map<String, String> settings) {
    Map<String, Object> canonical = new LinkedHashMap<>();
    settings.forEach((option, value) -> canonical.put(option, meaning(value)));
    return canonical;
  }

  private static Object meaning(String value) {
    try {
      return Double.valueOf(value);
    } catch (NumberFormatException e) {
      return value;
    }
  }

  private void requireList(String option, List<String> values) {
    requireSweepable(option);
    if (values.isEmpty()) {
      throw refused(Text.format("nightjar.%s is an empty list; give it a value", option));
    }
    if (values.stream().map(SweepGrid::meaning).distinct().count() < values.size()) {
      throw refused(
          Text.format("nightjar.%s has a value twice: %s", option, String.join(", ", values)));
    }
  }

  private void requireSweepable(String option) {
    if (OF_THE_MEASURE.contains(option)) {
      throw refused(
          Text.format(
              "configurations cannot differ in nightjar.%s, which says what is measured; give it"
                  + " one value for all",
              option));
    }
    if (WITHOUT_EFFECT.contains(option)) {
      throw refused(
          Text.format(
              "configurations cannot differ in nightjar.%s, which no score of an evaluation depends"
                  + " on; give it one value for all",
              option));
    }
  }

  private void requireName(String name) {
    if (name.equals(SweptConfiguration.PLAIN)) {
      throw refused(
          Text.format(
              "%s is the configuration in which what is swept has its default, and always there;"
                  + " call yours otherwise",
              name));
    }
    if (!NAME.matcher(name).matches()) {
      throw refused(
          Text.format(
              "the configuration \"%s\" cannot name a folder; use letters, digits, dots, dashes and"
                  + " underscores, at most 120",
              name));
    }
  }

  private InvalidInputException refused(String reason) {
    return new InvalidInputException(Text.format("%s %s: %s.", file.option(), file.file(), reason));
  }
}
