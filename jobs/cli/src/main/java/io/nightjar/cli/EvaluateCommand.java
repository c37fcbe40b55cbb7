package io.nightjar.cli;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.cli.comparison.ComparisonArguments;
import io.nightjar.cli.comparison.ComparisonResult;
import io.nightjar.cli.dataset.LayoutArguments;
import io.nightjar.cli.decision.DecisionArguments;
import io.nightjar.cli.decision.ReasonArguments;
import io.nightjar.cli.ensemble.EnsembleArguments;
import io.nightjar.cli.ensemble.MemberLines;
import io.nightjar.cli.mlflow.MlflowArguments;
import io.nightjar.cli.options.BackboneArguments;
import io.nightjar.cli.options.BankArguments;
import io.nightjar.cli.options.ClusterArguments;
import io.nightjar.cli.options.EmbedArguments;
import io.nightjar.cli.options.FitArguments;
import io.nightjar.cli.options.MapArguments;
import io.nightjar.cli.options.MeasureArguments;
import io.nightjar.cli.options.NeighbourArguments;
import io.nightjar.cli.options.OutputArguments;
import io.nightjar.cli.options.RunArguments;
import io.nightjar.cli.options.SearchMethodArguments;
import io.nightjar.cli.options.SparkOptions;
import io.nightjar.cli.options.WeightArguments;
import io.nightjar.cli.outcome.AlarmArguments;
import io.nightjar.cli.outcome.ExitCodes;
import io.nightjar.cli.settings.ConfiguredDefaults;
import io.nightjar.cli.table.EvaluationResult;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.EvaluateDataset;
import io.nightjar.job.EvaluateEnsemble;
import io.nightjar.job.SparkAction;
import io.nightjar.job.options.BackboneSource;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.FitOptions;
import io.nightjar.job.options.RunLabel;
import io.nightjar.job.result.BaselineOutcome;
import io.nightjar.job.result.RunResult;
import io.nightjar.metric.decision.DecisionRates;
import io.nightjar.report.comparison.ComparisonOptions;
import io.nightjar.report.comparison.Gate;
import io.nightjar.report.reason.ReasonOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Evaluates a data set.
 *
 * <p>Input: a data set in any known layout, such as MVTec AD's: {@code
 * <data>/<category>/train/good}, {@code <data>/<category>/test/<defect>} and {@code
 * <data>/<category>/ground_truth/<defect>/<stem>_mask.png}, on any Hadoop file system. Output:
 * {@code metrics.json}, {@code metrics.csv}, {@code run.json}, {@code report.html}, {@code
 * curves/}, the Parquet tables {@code metrics/} and {@code maps/}, and {@code pictures/}.
 *
 * <pre>{@code
 * nightjar evaluate --data mvtec_ad --weights resnet50-0676ba61.pth --out runs/first
 * }</pre>
 */
@Command(
    name = "evaluate",
    description = "Evaluates a data set, all categories at once.",
    sortOptions = false)
final class EvaluateCommand extends RecordedCommand {
  private static final String NO_STORE = "none";

  private static final RunLabel WITHOUT_MEANING =
      new RunLabel(
          RunLabel.pretrained().title(),
          List.of(
              "The network has seeded random weights: the figures show that the machinery works and"
                  + " nothing else."),
          "The weights are random.");

  /** Options that no configuration of an ensemble has for itself. */
  private static final List<String> OF_THE_ENSEMBLE =
      List.of(
          EnsembleArguments.ENSEMBLE,
          EnsembleArguments.SCALE_QUANTILE,
          "--baseline",
          "--reuse",
          "--overwrite");

  private static final String[] OF_BUILT_BANKS = {
    "--scope",
    "--variance",
    "--max-components",
    "--stage-weights",
    "--coreset",
    "--coreset-method",
    "--coreset-seed",
    "--position",
    "--chunk-images",
    "--train-patches",
    "--pca"
  };

  @Option(
      names = "--bank",
      paramLabel = "URI[@VERSION]",
      description =
          "Compare with stored banks instead of building any: a folder of banks that build-bank"
              + " built, or one bank, of a category or of all (--scope unified); its current"
              + " version, or the one named.")
  private Optional<String> bank = Optional.empty();

  @Option(
      names = "--reuse",
      paramLabel = "URI",
      description =
          "The folder of a run whose store this one shares: what it holds and nothing has changed"
              + " of is taken, the rest is computed and kept there (default: --out). A run that was"
              + " killed goes on by the same command. \"none\": nothing is taken or kept.")
  private Optional<String> reuse = Optional.empty();

  @Option(
      names = "--baseline",
      paramLabel = "URI",
      description =
          "Compare the evaluation with this run when it has ended, as the command compare does: a"
              + " run's folder, or FOLDER/latest for the newest run in a folder of runs. The files of"
              + " the comparison are written next to the results.")
  private Optional<String> baseline = Optional.empty();

  @Option(
      names = "--keep-embeddings",
      description =
          "Also keep the patch embeddings of all images in the store (3.2 MB an image with ResNet-50"
              + " and the default layers), and the covariances of normal ones: where some normal"
              + " images changed, the others and the test images are not embedded again.")
  private boolean keepEmbeddings;

  @Mixin private EnsembleArguments ensemble;
  @Mixin private WeightArguments weights;
  @Mixin private RunArguments run;
  @Mixin private LayoutArguments arrangement;
  @Mixin private BackboneArguments backbone;
  @Mixin private BankArguments banks;
  @Mixin private EmbedArguments embed;
  @Mixin private FitArguments fit;
  @Mixin private NeighbourArguments search;
  @Mixin private SearchMethodArguments method;
  @Mixin private MapArguments map;
  @Mixin private MeasureArguments measure;
  @Mixin private DecisionArguments decisions;
  @Mixin private ReasonArguments reasons;
  @Mixin private ClusterArguments cluster;
  @Mixin private OutputArguments output;
  @Mixin private ComparisonArguments comparison;
  @Mixin private AlarmArguments alarms;
  @Mixin private MlflowArguments mlflow;
  @Mixin private SparkOptions spark;

  @Override
  Function<SparkSession, ? extends SparkAction<?, RunResult>> action() {
    given()
        .refuseWhere(
            ensemble.file().isEmpty(),
            "is about --ensemble, which is not given; leave it out",
            EnsembleArguments.SCALE_QUANTILE);
    return ensemble.file().isPresent() ? ensemble() : evaluation();
  }

  /** The evaluation of the members of an ensemble, and of their mean. */
  private Function<SparkSession, EvaluateEnsemble> ensemble() {
    given()
        .refuseWhere(
            true,
            "needs a stored bank, and --ensemble builds the banks of its configurations; leave one"
                + " out",
            DecisionArguments.names());
    given()
        .refuseWhere(
            true,
            "names a bank that is stored, and --ensemble builds the banks of its configurations;"
                + " leave one out",
            "--bank");
    given()
        .refuseWhere(
            true,
            "explains scores by one bank, and --ensemble averages the maps of several; leave one"
                + " out",
            ReasonArguments.REASONS);
    refuseWithoutBaseline();
    if (reuse.filter(NO_STORE::equals).isPresent()) {
      throw new InvalidInputException(
          "The option --reuse is none, but the configurations of --ensemble share a store; leave it"
              + " out.");
    }
    ComparisonOptions compared = comparison.toOptions();
    Gate gate = comparison.toGate();
    Map<String, Function<SparkSession, EvaluateDataset>> members = members();
    return session -> {
      EvaluateEnsemble evaluation =
          new EvaluateEnsemble(session)
              .scaleQuantile(ensemble.scaleQuantile())
              .out(run.out())
              .overwrite(run.overwrite());
      members.forEach((name, member) -> evaluation.member(name, member.apply(session)));
      reuse.ifPresent(evaluation::reuse);
      baseline.ifPresent(location -> evaluation.baseline(location, compared, gate));
      return evaluation;
    };
  }

  /** The members, so that an option that cannot be used is refused before any work. */
  private Map<String, Function<SparkSession, EvaluateDataset>> members() {
    Set<String> own = new HashSet<>(OF_THE_ENSEMBLE);
    own.addAll(List.of(ComparisonArguments.names()));
    ConfiguredDefaults defaults =
        Nightjar.settings(specification())
            .map(ConfiguredDefaults::from)
            .orElseGet(ConfiguredDefaults::builtIn);
    return new MemberLines(specification(), own)
        .parsed(
            ensemble.file().orElseThrow(),
            settings -> Nightjar.commandLine(defaults.with(settings)),
            EvaluateCommand::member);
  }

  private static Function<SparkSession, EvaluateDataset> member(
      CommandLine line, List<Integer> otherNeighbours) {
    EvaluateCommand evaluate = line.getCommand();
    Function<SparkSession, EvaluateDataset> evaluation = evaluate.evaluation();
    return session -> evaluation.apply(session).alsoKeepNeighbours(otherNeighbours);
  }

  private void refuseWithoutBaseline() {
    given()
        .refuseWhere(
            baseline.isEmpty(),
            "is about --baseline, which is not given; leave it out",
            ComparisonArguments.names());
  }

  /** The evaluation of one configuration. */
  Function<SparkSession, EvaluateDataset> evaluation() {
    given()
        .refuseWhere(
            bank.isPresent(),
            "says how a bank is built, but --bank names one that is; leave one out",
            OF_BUILT_BANKS);
    refuseWithoutBaseline();
    given()
        .refuseWhere(
            bank.isEmpty(),
            "needs the scores that a stored bank has of its own images, and --bank names none; add"
                + " it, or leave the option out",
            DecisionArguments.names());
    EvaluationOptions options = options();
    DecisionRates rates = decisions.toRates();
    ReasonOptions explained = reasons.toOptions();
    ComparisonOptions compared = comparison.toOptions();
    Gate gate = comparison.toGate();
    BackboneSource network = weights.of(backbone.toSpec());
    options.bank().requireFits(network.spec());
    Optional<BackboneModel> seeded = weights.seeded(backbone.toSpec());
    String layout = arrangement.layout();
    return session -> {
      EvaluateDataset evaluation =
          new EvaluateDataset(session)
              .options(options)
              .options(rates)
              .options(explained)
              .data(run.data())
              .layout(layout)
              .categories(run.categories())
              .backbone(network)
              .out(run.out())
              .overwrite(run.overwrite());
      seeded.ifPresent(model -> evaluation.backbone(model).label(WITHOUT_MEANING));
      bank.ifPresent(evaluation::bank);
      baseline.ifPresent(location -> evaluation.baseline(location, compared, gate));
      String store = reuse.orElse(run.out());
      if (!store.equals(NO_STORE)) {
        evaluation.reuse(store);
      }
      evaluation.keepEmbeddings(keepEmbeddings);
      return evaluation;
    };
  }

  private EvaluationOptions options() {
    EvaluationOptions.Builder options =
        EvaluationOptions.builder()
            .embed(embed.toOptions(backbone))
            .search(search.toOptions())
            .search(method.toMethod())
            .check(method.toCheck())
            .map(map.toOptions())
            .measure(measure.toOptions())
            .run(cluster.toOptions())
            .output(output.toOptions());
    return bank.isPresent()
        // Without sums to combine, a batch is the unit of work.
        ? options.fit(FitOptions.DEFAULT).build()
        : options.bank(banks.toOptions()).fit(fit.toOptions()).build();
  }

  @Override
  String application() {
    return "Nightjar evaluate " + run.data();
  }

  @Override
  SparkOptions spark() {
    return spark;
  }

  @Override
  Optional<AlarmArguments> alarms() {
    return Optional.of(alarms);
  }

  @Override
  MlflowArguments mlflow() {
    return mlflow;
  }

  @Override
  String subject() {
    return run.data();
  }

  @Override
  int print(RunResult result) {
    EvaluationResult.print(result, configuration(), out());
    Optional<BaselineOutcome> outcome = result.baseline();
    outcome.ifPresent(
        found -> {
          found
              .report()
              .ifPresentOrElse(
                  report -> ComparisonResult.print(report, Optional.of(result.out()), out()),
                  () -> out().println(found.sentence()));
          out().flush();
        });
    if (outcome.filter(found -> !found.passed()).isPresent()) {
      return ExitCodes.NOT_PASSED;
    }
    return result.complete() ? ExitCodes.OK : ExitCodes.INCOMPLETE;
  }
}
