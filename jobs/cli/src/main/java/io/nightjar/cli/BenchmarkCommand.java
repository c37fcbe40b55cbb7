package io.nightjar.cli;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.weights.SeededWeights;
import io.nightjar.backbone.weights.WeightFiles;
import io.nightjar.backbone.weights.Weights;
import io.nightjar.benchmark.BenchmarkEvaluation;
import io.nightjar.benchmark.against.Build;
import io.nightjar.benchmark.against.BuildComparison;
import io.nightjar.benchmark.against.ComparedBuilds;
import io.nightjar.benchmark.harness.BenchmarkStep;
import io.nightjar.benchmark.harness.StartUp;
import io.nightjar.benchmark.report.BenchmarkReport;
import io.nightjar.cli.options.BackboneArguments;
import io.nightjar.cli.options.GivenOptions;
import io.nightjar.cli.options.OptionalWeights;
import io.nightjar.cli.options.SparkOptions;
import io.nightjar.cli.options.SparkOptions.RunningSpark;
import io.nightjar.cli.outcome.ExitCodes;
import io.nightjar.cli.settings.DescribedCommand;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.place.InputPlaces;
import io.nightjar.job.options.BackboneSource;
import io.nightjar.text.Text;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures every step of an evaluation alone and the whole, next to what else a JVM offers for the
 * same step.
 *
 * <p>Input: a data set in MVTec AD's layout and weights, as for {@code evaluate}; images are drawn
 * and weights are seeded where none are named. Output: a table, {@code <out>/benchmark.json}, and
 * the last whole evaluation in {@code <out>/evaluation}.
 *
 * <pre>{@code
 * nightjar benchmark --data mvtec_ad --category bottle --weights resnet50-0676ba61.pth
 * nightjar benchmark --data mvtec_ad --category bottle --weights resnet50-0676ba61.pth --against old.jar
 * }</pre>
 */
@Command(
    name = "benchmark",
    description = {
      "Measures every step of an evaluation alone and the whole.",
      "",
      "Each step runs next to its baselines, in turn, after a warm-up: what a JVM offers for the same"
          + " result (ImageIO, MLlib, LAPACK in Java, plain matrix products, brute force, sorting)."
          + " Their results are compared with Nightjar's; where they differ, the command says so and"
          + " ends with exit code 1. On two cores it takes about five minutes, with --quick one.",
      "",
      "With --against, the whole evaluation is measured in turns with that of another build, process"
          + " by process: seconds, processor seconds, peak memory, seconds by stage, their ratios,"
          + " and which figures changed.",
      ""
    },
    footer = {
      "",
      "Steps: decode (a file's bytes to the network's input), backbone (the network), covariance, eigen"
          + " (the eigenproblem), pca (both, on some of the channels, next to MLlib's PCA),"
          + " projection, search (the nearest rows of the bank), metrics (upsampling and figures),"
          + " bank (its way to the executors), whole (everything, from files to figures)."
    },
    sortOptions = false)
final class BenchmarkCommand implements Callable<Integer>, DescribedCommand {
  /** What an evaluation does not take, or must not: a status is of one process. */
  private static final Set<String> OF_THE_BENCHMARK =
      Set.of("--against", "--runs", "--out", "--status-file", "--run-id");

  private static final long SEED = 20_260_221L;

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "URI",
      description = "A data set's folder (default: images are drawn).")
  private Optional<String> data = Optional.empty();

  @Option(
      names = "--category",
      paramLabel = "NAME",
      split = ",",
      description =
          "A category of the data set; may be given more than once. Steps take a sample of the"
              + " first, the whole takes all that are named (default: the first one).")
  private List<String> categories = new ArrayList<>();

  @Mixin private OptionalWeights weights;
  @Mixin private BackboneArguments backbone;

  @Option(
      names = "--against",
      paramLabel = "FILE",
      description =
          "Another build of Nightjar: its jar, or the launcher of its checkout. Measures no steps:"
              + " this build and the other evaluate --data with --weights in turns, each in a"
              + " process of its own.")
  private Optional<Path> against = Optional.empty();

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "Timed runs of each measurement; fewer where they would take too long. With --against,"
              + " pairs of runs (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(names = "--quick", description = "Take less data; for a first impression.")
  private boolean quick;

  @Option(
      names = "--only",
      paramLabel = "STEP",
      split = ",",
      description = "Measure these steps alone.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "nightjar-benchmark",
      description =
          "Local folder for benchmark.json, or, with --against, against.json (default:"
              + " ${DEFAULT-VALUE}).")
  private Path out;

  @Mixin private SparkOptions spark;

  @Override
  public Integer call() {
    if (against.isPresent()) {
      return compareBuilds();
    }
    double jvmSeconds = StartUp.secondsOfJvm();
    Function<SparkSession, BenchmarkEvaluation> evaluation = evaluation();
    PrintWriter err = spec.commandLine().getErr();
    long before = System.nanoTime();
    try (RunningSpark running = spark.start("Nightjar benchmark")) {
      SparkSession session = running.session();
      double sparkSeconds = (System.nanoTime() - before) / 1e9;
      return print(
          evaluation
              .apply(session)
              .startUp(new StartUp(jvmSeconds, sparkSeconds))
              .progress(line -> err.println("nightjar: " + line + " ..."))
              .execute());
    }
  }

  @Override
  public Map<String, Object> describe(SparkSession session) {
    Map<String, Object> given = new LinkedHashMap<>(evaluation().apply(session).describe());
    against.ifPresent(file -> given.put("against", List.of(file.toString(), evaluationOfBoth())));
    given.putAll(
        new BackboneSource(backbone.toSpec(), weights.place().orElse("seeded"), weights.sha256())
            .asMap());
    return given;
  }

  private int compareBuilds() {
    List<String> evaluation = evaluationOfBoth();
    new InputPlaces(new Configuration())
        .folder("--data", data)
        .requireApart("--out", out.toUri().toString());
    PrintWriter err = spec.commandLine().getErr();
    ComparedBuilds compared =
        new BuildComparison(
                Build.against(against.orElseThrow()),
                evaluation,
                runs,
                out,
                line -> err.println("nightjar: " + line + " ..."))
            .execute();
    PrintWriter print = spec.commandLine().getOut();
    print.println();
    print.print(compared.toTable());
    print.println("All runs: " + out.resolve(BuildComparison.JSON));
    print.flush();
    return ExitCodes.OK;
  }

  /** The options that both builds evaluate with, as they were given. */
  private List<String> evaluationOfBoth() {
    GivenOptions given = new GivenOptions(spec);
    if (data.isEmpty() || weights.place().isEmpty()) {
      throw new InvalidInputException(
          "The option --against needs --data and --weights, which both builds evaluate.");
    }
    given.refuseWhere(
        true, "is of the steps, of which --against measures none", "--only", "--quick");
    return spec.commandLine().getParseResult().matchedOptions().stream()
        .filter(option -> !OF_THE_BENCHMARK.contains(option.longestName()))
        .flatMap(
            option ->
                option.originalStringValues().stream()
                    .flatMap(value -> Stream.of(option.longestName(), value)))
        .toList();
  }

  private Function<SparkSession, BenchmarkEvaluation> evaluation() {
    new GivenOptions(spec)
        .refuseWhere(data.isEmpty(), "is of --data, which names none; leave it out", "--category");
    Set<BenchmarkStep> steps = BenchmarkStep.parse(only);
    EmbeddingSpec embedding = backbone.toSpec();
    if (embedding.imageSizes().size() > 1) {
      throw new InvalidInputException(
          Text.format(
              "The steps of the benchmark take one image size, and --image-size names %d; name one,"
                  + " or measure the whole evaluation with --against.",
              embedding.imageSizes().size()));
    }
    if (embedding.architectures().size() > 1) {
      throw new InvalidInputException(
          Text.format(
              "The steps of the benchmark take one network, and --backbone names %d; name one, or"
                  + " measure the whole evaluation with --against.",
              embedding.architectures().size()));
    }
    Optional<String> place = weights.place();
    return session -> {
      BenchmarkEvaluation benchmark =
          new BenchmarkEvaluation(session)
              .categories(categories)
              .backbone(() -> BackboneModel.build(embedding, load(place, embedding, session)))
              .out(out)
              .steps(steps)
              .options(runs, quick);
      data.ifPresent(benchmark::data);
      return benchmark;
    };
  }

  private Weights load(Optional<String> place, EmbeddingSpec embedding, SparkSession session) {
    return place
        .map(
            uri ->
                WeightFiles.load(
                    uri, weights.sha256(), session.sparkContext().hadoopConfiguration()))
        .orElseGet(() -> SeededWeights.of(embedding.architecture(), SEED));
  }

  private int print(BenchmarkReport report) {
    PrintWriter print = spec.commandLine().getOut();
    print.println();
    print.print(report.toTable());
    print.println("All figures: " + out.resolve(BenchmarkEvaluation.JSON));
    print.flush();
    report
        .disagreements()
        .forEach(line -> spec.commandLine().getErr().println("nightjar: disagrees: " + line));
    return report.agrees() ? ExitCodes.OK : ExitCodes.FAILED;
  }
}
