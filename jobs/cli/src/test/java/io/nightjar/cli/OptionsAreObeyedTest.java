package io.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.cli.options.SparkOptions;
import io.nightjar.cli.settings.DescribedCommand;
import io.nightjar.cli.settings.OptionDefaults;
import io.nightjar.error.InvalidInputException;
import io.nightjar.testing.Sparks;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Every option of every command is obeyed, or refused in a sentence; none is ignored. An option is
 * obeyed where another value of it changes what the command's work is given. An option that is new
 * fails here until it has a value below.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OptionsAreObeyedTest {
  /** Two configurations, to be averaged. */
  private static final String ENSEMBLE = "src/test/resources/members.conf";

  /** Values that no default has. */
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("--accept", "new.png"),
          Map.entry("--allow", "images"),
          Map.entry("--alpha", "0.1"),
          Map.entry("--aspect", "keep"),
          Map.entry("--backbone", "wide_resnet50_2"),
          Map.entry("--bank", "other-banks"),
          Map.entry("--baseline", "scores/first"),
          Map.entry("--batch-images", "3"),
          Map.entry("--bootstrap-seed", "7"),
          Map.entry("--broadcast-limit", "512m"),
          Map.entry("--category", "screw"),
          Map.entry("--chunk-images", "24"),
          Map.entry("--concurrent-categories", "3"),
          Map.entry("--contamination", ""),
          Map.entry("--coreset", "0.25"),
          Map.entry("--coreset-method", "random"),
          Map.entry("--coreset-seed", "5"),
          Map.entry("--against", "other.jar"),
          Map.entry("--budget", "9"),
          Map.entry("--cost-per-hour", "3"),
          Map.entry("--data", "other-data"),
          Map.entry("--device", "cpu"),
          Map.entry("--dry-run", ""),
          Map.entry("--ef", "65"),
          Map.entry("--ensemble", ENSEMBLE),
          Map.entry("--every", "2d"),
          Map.entry("--exact-metrics", ""),
          Map.entry("--fail-on", "worse"),
          Map.entry("--false-alarm-rate", "0.05"),
          Map.entry("--false-discovery-rate", "0.2"),
          Map.entry("--figure", "image_auroc"),
          Map.entry("--format", "delta"),
          Map.entry("--grid", "14"),
          Map.entry("--guard", "6"),
          Map.entry("--hnsw-construction", "101"),
          Map.entry("--hnsw-degree", "17"),
          Map.entry("--image-score", "top3"),
          Map.entry("--image-size", "256"),
          Map.entry("--input", "other-input"),
          Map.entry("--keep-last", "9"),
          Map.entry("--keep-days", "7"),
          Map.entry("--keep-embeddings", ""),
          Map.entry("--ks-alpha", "0.02"),
          Map.entry("--layers", "2,3"),
          Map.entry("--layout", "btad"),
          Map.entry("--lists", "7"),
          Map.entry("--lsh-bucket-length", "2.5"),
          Map.entry("--lsh-hashes", "17"),
          Map.entry("--lsh-tables", "17"),
          Map.entry("--maps", "other-maps"),
          Map.entry("--mask-values", "nonzero"),
          Map.entry("--drift-window", "50"),
          Map.entry("--max-drop", "pixel_auprc=0.01"),
          Map.entry("--max-files", "3"),
          Map.entry("--once", ""),
          Map.entry("--trigger", "5s"),
          Map.entry("--max-quarantined", "0.5"),
          Map.entry("--max-components", "7"),
          Map.entry("--merge-within", "2"),
          Map.entry("--metrics-dataset", "line 3"),
          Map.entry("--metrics-file", "nightjar.prom"),
          Map.entry("--min-area", "5"),
          Map.entry("--mlflow", "http://127.0.0.1:5000"),
          Map.entry("--mlflow-experiment", "line 3"),
          Map.entry("--neighbours", "5"),
          Map.entry("--newer-than", "2026-02-21"),
          Map.entry("--normal-maps", "train/good"),
          Map.entry("--of", "night 7"),
          Map.entry("--only", "decode"),
          Map.entry("--out", "other-out"),
          Map.entry("--overwrite", ""),
          Map.entry("--partitions", "7"),
          Map.entry("--pca", "mllib"),
          Map.entry("--pixel-false-positive-rate", "0.05"),
          Map.entry("--pixel-threshold", "3.5"),
          Map.entry("--position", "0.25"),
          Map.entry("--precision", "fp16"),
          Map.entry("--probes", "5"),
          Map.entry("--psi-limit", "0.3"),
          Map.entry("--quick", ""),
          Map.entry("--reasons", "3"),
          Map.entry("--refit", "never"),
          Map.entry("--regions", ""),
          Map.entry("--remove", "old.png"),
          Map.entry("--repetitions", "50"),
          Map.entry("--report-url", "https://plant.example/runs"),
          Map.entry("--resamples", "500"),
          Map.entry("--resolution", "224"),
          Map.entry("--reuse", "other-store"),
          Map.entry("--review", "reviews"),
          Map.entry("--runs", "7"),
          Map.entry("--scale-quantile", "0.9"),
          Map.entry("--scales", "2,3"),
          Map.entry("--scope", "unified"),
          Map.entry("--search", "lsh"),
          Map.entry("--search-check-images", "5"),
          Map.entry("--search-seed", "2"),
          Map.entry("--smallest-defect", "12"),
          Map.entry("--smoothing", "2"),
          Map.entry("--split-seed", "9"),
          Map.entry("--stage-weights", "1,1,0.5"),
          Map.entry("--store", "other-store"),
          Map.entry("--submission", "mvtec-ad-2"),
          Map.entry("--submission-thresholds", "runs/public"),
          Map.entry("--tile-overlap", "64"),
          Map.entry("--tiles", "512"),
          Map.entry("--timeout", "6h"),
          Map.entry("--tolerance", "0.01"),
          Map.entry("--train-patches", "keep"),
          Map.entry("--uri", "other-runs"),
          Map.entry("--variance", "0.9"),
          Map.entry("--verify", ""),
          Map.entry("--wait", ""),
          Map.entry("--visualizations", "2"),
          Map.entry("--webhook", "https://plant.example/hook"),
          Map.entry("--webhook-on", "always"),
          Map.entry("--weights", "other-weights.pth"),
          Map.entry("--weights-sha256", "00ff"),
          Map.entry("--white-level", "4095"));

  /** What each command cannot do without. */
  private static final Map<String, String> REQUIRED =
      Map.ofEntries(
          Map.entry("evaluate", "--data data --weights w.pth --out out"),
          Map.entry("build-bank", "--data data --weights w.pth --bank banks"),
          Map.entry("update-bank", "--data data --weights w.pth --bank banks"),
          Map.entry("inspect-bank", "--bank banks"),
          Map.entry("score", "--bank banks --data data --weights w.pth --out out"),
          Map.entry("watch", "--bank banks --data data --out out"),
          Map.entry("export", "--bank banks --out bank.onnx"),
          Map.entry("drift", "--bank banks --runs scores"),
          Map.entry("suggest", "--bank banks --runs scores --budget 5 --out review"),
          Map.entry("compare", "base candidate"),
          Map.entry("history", "--runs runs --out history"),
          Map.entry("sweep", "--data data --weights w.pth --out out"),
          Map.entry("metrics", "--maps maps --data data --out out"),
          Map.entry("convert", "--data data --out manifest.csv"),
          Map.entry("clean", "--store out --keep-days 30"),
          Map.entry("status", "out"),
          Map.entry("doctor", ""),
          Map.entry("demo", ""),
          Map.entry("benchmark", ""));

  /** Without these an option is refused, which {@link #withoutItsContext} checks. */
  private static final Map<String, String> CONTEXT =
      Map.ofEntries(
          Map.entry("--tile-overlap", "--tiles 512"),
          Map.entry("--lists", "--search ivf"),
          Map.entry("--probes", "--search ivf"),
          Map.entry("--search-seed", "--search ivf"),
          Map.entry("--search-check-images", "--search ivf"),
          Map.entry("--lsh-tables", "--search lsh"),
          Map.entry("--lsh-hashes", "--search lsh"),
          Map.entry("--lsh-bucket-length", "--search lsh"),
          Map.entry("--hnsw-degree", "--search hnsw"),
          Map.entry("--hnsw-construction", "--search hnsw"),
          Map.entry("--ef", "--search hnsw"),
          Map.entry("--coreset-method", "--coreset 0.5"),
          Map.entry("--coreset-seed", "--coreset 0.5"),
          Map.entry("--metrics-dataset", "--metrics-file nightjar.prom"),
          Map.entry("--mlflow-experiment", "--mlflow http://127.0.0.1:5000"),
          Map.entry("--webhook-on", "--webhook https://plant.example/hook"),
          Map.entry("--report-url", "--webhook https://plant.example/hook"),
          Map.entry("inspect-bank --guard", "--contamination"),
          Map.entry("drift --overwrite", "--out drift"),
          Map.entry("compare --overwrite", "--out comparison"),
          Map.entry("evaluate --false-alarm-rate", "--bank banks"),
          Map.entry("evaluate --false-discovery-rate", "--bank banks --false-alarm-rate 0.1"),
          Map.entry("evaluate --pixel-false-positive-rate", "--bank banks --false-alarm-rate 0.1"),
          Map.entry("score --false-discovery-rate", "--false-alarm-rate 0.1"),
          Map.entry("score --pixel-false-positive-rate", "--false-alarm-rate 0.1"),
          Map.entry("score --pixel-threshold", "--regions"),
          Map.entry("score --min-area", "--regions"),
          Map.entry("score --merge-within", "--regions"),
          Map.entry("evaluate --figure", "--baseline base"),
          Map.entry("evaluate --tolerance", "--baseline base"),
          Map.entry("evaluate --alpha", "--baseline base"),
          Map.entry("evaluate --resamples", "--baseline base"),
          Map.entry("evaluate --bootstrap-seed", "--baseline base"),
          Map.entry("evaluate --allow", "--baseline base"),
          Map.entry("evaluate --max-drop", "--baseline base"),
          Map.entry("evaluate --fail-on", "--baseline base"),
          Map.entry("build-bank --keep-embeddings", "--reuse store"),
          Map.entry("score --keep-embeddings", "--reuse store"),
          Map.entry("update-bank --keep-embeddings", "--reuse store"),
          Map.entry("metrics --scale-quantile", "--maps maps --maps more"),
          Map.entry("metrics --normal-maps", "--maps maps --maps more"),
          Map.entry("metrics --scales", "--maps maps --maps more"),
          Map.entry("evaluate --scale-quantile", "--ensemble " + ENSEMBLE),
          Map.entry("status --timeout", "--wait"),
          Map.entry("score --submission-thresholds", "--submission mvtec-ad-2"),
          Map.entry("doctor --weights-sha256", "--weights w.pth"),
          Map.entry("export --weights-sha256", "--weights w.pth"),
          Map.entry("watch --weights-sha256", "--weights w.pth"),
          Map.entry("suggest --weights-sha256", "--weights w.pth"),
          Map.entry("doctor --backbone", "--weights w.pth"),
          Map.entry("doctor --layers", "--weights w.pth"),
          Map.entry("doctor --image-size", "--weights w.pth"),
          Map.entry("doctor --grid", "--weights w.pth"),
          Map.entry("doctor --precision", "--weights w.pth"),
          Map.entry("demo --weights-sha256", "--weights w.pth"),
          Map.entry("benchmark --weights-sha256", "--weights w.pth"),
          Map.entry("benchmark --category", "--data data"),
          Map.entry("benchmark --against", "--data data --weights w.pth"));

  /**
   * Those that say what is printed, and whether anything is evaluated, checked where the command
   * runs: BankCommandsTest, NightlyRehearsalTest.
   */
  private static final Set<String> OF_THE_CONSOLE =
      Set.of("inspect-bank --images", "demo --draw-only");

  /** Those that take one value; ExportCommandTest checks that others are refused. */
  private static final Set<String> OF_ONE_VALUE = Set.of("export --format");

  /**
   * Those of every command: help and version end it; the settings are checked on their own, and the
   * status in StatusCommandTest.
   */
  private static final Set<String> OF_ALL =
      Set.of("--help", "--version", "--config", "--status-file", "--run-id");

  /** Those of Spark, which are checked by Spark's configuration. */
  private static final Map<String, String> OF_SPARK =
      Map.of("--master", "local[7]", "--conf", "spark.nightjar.test=yes");

  /** What each command's work is given without the option in question, found once. */
  private final Map<List<String>, Map<String, Object>> described = new HashMap<>();

  /** All commands, as they are built before one is parsed, which takes longer than the parsing. */
  private CommandLine nightjar = Nightjar.commandLine();

  /** Those of them that have been parsed: each is parsed once. */
  private final Set<String> parsed = new HashSet<>();

  private SparkSession spark;
  private Path work;

  @BeforeAll
  void start(@TempDir Path directory) {
    spark = Sparks.local(1);
    work = directory;
  }

  @TestFactory
  Stream<DynamicTest> everyOptionOfEveryCommand() {
    // The first of each command, then the second of each: one building of them serves them all.
    Map<Integer, List<DynamicTest>> tests = new TreeMap<>();
    commands()
        .forEach(
            (name, command) -> {
              int number = 0;
              for (OptionSpec option : command.getCommandSpec().options()) {
                String longest = option.longestName();
                if (!option.hidden() && !OF_ALL.contains(longest)) {
                  tests
                      .computeIfAbsent(number++, first -> new ArrayList<>())
                      .add(
                          DynamicTest.dynamicTest(
                              name + " " + longest, () -> assertObeyed(name, longest)));
                }
              }
            });
    List<DynamicTest> all = tests.values().stream().flatMap(List::stream).toList();
    assertThat(all).hasSizeGreaterThan(100);
    return all.stream();
  }

  /** The commands by their names, without help. */
  private static Map<String, CommandLine> commands() {
    Map<String, CommandLine> commands = new TreeMap<>(Nightjar.commandLine().getSubcommands());
    commands.remove("help");
    assertThat(commands).containsOnlyKeys(REQUIRED.keySet());
    return commands;
  }

  private void assertObeyed(String command, String option) {
    if (OF_THE_CONSOLE.contains(command + " " + option)
        || OF_ONE_VALUE.contains(command + " " + option)) {
      return;
    }
    if (OF_SPARK.containsKey(option)) {
      assertThat(configuration(command, List.of(option, OF_SPARK.get(option))))
          .isNotEqualTo(configuration(command, List.of()));
      return;
    }
    assertThat(OTHERS).as("a value of the new option %s", option).containsKey(option);
    List<String> context = words(context(command, option));

    assertThat(describe(command, plus(context, other(option))))
        .as("%s %s", command, option)
        .isNotEqualTo(describeOnce(command, context));
  }

  @TestFactory
  Stream<DynamicTest> withoutItsContext() {
    return CONTEXT.keySet().stream()
        .map(
            key ->
                DynamicTest.dynamicTest(
                    key,
                    () -> {
                      String command = key.startsWith("--") ? "evaluate" : words(key).get(0);
                      String option = key.startsWith("--") ? key : words(key).get(1);
                      assertThatThrownBy(() -> describe(command, other(option)))
                          .isInstanceOf(InvalidInputException.class)
                          .hasMessageContaining("The option " + option + " ");
                    }));
  }

  @Test
  void whatAnEnsembleCannotObeyIsRefused() {
    for (String option : List.of("--bank", "--false-alarm-rate", "--reasons")) {
      assertThatThrownBy(
              () -> describe("evaluate", plus(words("--ensemble " + ENSEMBLE), other(option))))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("The option " + option + " ");
    }
    assertThatThrownBy(() -> describe("evaluate", words("--reuse none --ensemble " + ENSEMBLE)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("The option --reuse is none");
    assertThatThrownBy(
            () -> describe("metrics", words("--maps a --maps b --scales 1,2 --normal-maps n")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("The option --normal-maps says how scales are found");
  }

  @Test
  void whatConcernsImagesIsRefusedWhereAnUpdateReadsNone() {
    for (String option :
        List.of(
            "--accept",
            "--guard",
            "--layout",
            "--review",
            "--device",
            "--batch-images",
            "--aspect",
            "--tiles",
            "--tile-overlap",
            "--smallest-defect",
            "--chunk-images",
            "--train-patches",
            "--pca",
            "--max-quarantined")) {
      List<String> line = plus(words("--bank banks --keep-last 5"), other(option));
      assertThatThrownBy(() -> describeOnly("update-bank", line))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("The option " + option + " ");
    }
    assertThatThrownBy(() -> describeOnly("update-bank", words("--bank banks --data data")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("name its --weights");
  }

  /** A settings file gives each command the settings that it has options for. */
  @Test
  void everySettingIsObeyedByTheCommandsThatHaveIt() throws IOException {
    Map<String, String> obeyedBy = new HashMap<>();
    Map<String, CommandLine> commands = commands();
    for (String setting : OptionDefaults.all().keySet()) {
      String option = "--" + setting;
      String value = other(option).size() == 1 ? "true" : OTHERS.get(option);
      Path file =
          Files.writeString(
              work.resolve(setting + ".conf"),
              Text.format("nightjar { %s = \"%s\" }", setting, value));
      List<String> config = List.of("--config", file.toString());
      CommandLine configured = Nightjar.commandLine(config.toArray(String[]::new));
      commands.forEach(
          (name, command) -> {
            if (command.getCommandSpec().findOption(option) != null) {
              List<String> context = words(context(name, option));
              List<String> line = withRequired(name, plus(context, config));
              assertThat(describeOnly(parse(configured, name, line)))
                  .as("%s with nightjar.%s", name, setting)
                  .isNotEqualTo(describeOnce(name, context));
              obeyedBy.put(setting, name);
            }
          });
    }
    assertThat(obeyedBy).containsOnlyKeys(OptionDefaults.all().keySet());
  }

  private static String context(String command, String option) {
    return CONTEXT.getOrDefault(command + " " + option, CONTEXT.getOrDefault(option, ""));
  }

  /** The option with a value that is not its default. */
  private static List<String> other(String option) {
    String value = OTHERS.get(option);
    return value.isEmpty() ? List.of(option) : List.of(option, value);
  }

  /** What the command's work is given: the options named, and the required ones otherwise. */
  private Map<String, Object> describe(String command, List<String> options) {
    return describeOnly(command, withRequired(command, options));
  }

  private Map<String, Object> describeOnce(String command, List<String> options) {
    return described.computeIfAbsent(
        plus(List.of(command), options), line -> describe(command, options));
  }

  private Map<String, Object> describeOnly(String command, List<String> options) {
    return describeOnly(parse(command, options));
  }

  private Map<String, Object> describeOnly(CommandLine parsed) {
    return ((DescribedCommand) parsed.getCommand()).describe(spark);
  }

  private Map<String, String> configuration(String command, List<String> options) {
    SparkOptions arguments =
        (SparkOptions)
            parse(command, withRequired(command, options))
                .getCommandSpec()
                .mixins()
                .get("spark")
                .userObject();
    Map<String, String> properties = new TreeMap<>();
    Arrays.stream(arguments.configuration("test").getAll())
        .forEach(property -> properties.put(property._1(), property._2()));
    return properties;
  }

  private CommandLine parse(String command, List<String> options) {
    if (!parsed.add(command)) {
      nightjar = Nightjar.commandLine();
      parsed.clear();
      parsed.add(command);
    }
    return parse(nightjar, command, options);
  }

  private static CommandLine parse(CommandLine nightjar, String command, List<String> options) {
    nightjar.parseArgs(plus(List.of(command), options).toArray(String[]::new));
    return nightjar.getSubcommands().get(command);
  }

  private static List<String> withRequired(String command, List<String> options) {
    List<String> line = new ArrayList<>(options);
    List<String> required = words(REQUIRED.get(command));
    for (int i = 0; i < required.size(); i += 2) {
      if (!options.contains(required.get(i))) {
        line.addAll(required.subList(i, Math.min(i + 2, required.size())));
      }
    }
    return line;
  }

  private static List<String> plus(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
  }
}
