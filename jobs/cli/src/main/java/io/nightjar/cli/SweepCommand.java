package io.nightjar.cli;

import io.nightjar.cli.dataset.LayoutArguments;
import io.nightjar.cli.options.GivenOptions;
import io.nightjar.cli.options.RunArguments;
import io.nightjar.cli.options.SparkOptions;
import io.nightjar.cli.options.SparkOptions.RunningSpark;
import io.nightjar.cli.outcome.AlarmArguments;
import io.nightjar.cli.outcome.Announcement;
import io.nightjar.cli.outcome.ExitCodes;
import io.nightjar.cli.outcome.Findings;
import io.nightjar.cli.progress.ActionRun;
import io.nightjar.cli.settings.ConfiguredDefaults;
import io.nightjar.cli.settings.DescribedCommand;
import io.nightjar.cli.settings.SettingsFile;
import io.nightjar.cli.sweep.ConfigurationLine;
import io.nightjar.cli.sweep.ConfigurationRuns;
import io.nightjar.cli.sweep.PlannedEvaluation;
import io.nightjar.cli.sweep.SharedWork;
import io.nightjar.cli.sweep.SweepArguments;
import io.nightjar.cli.sweep.SweepGrid;
import io.nightjar.cli.sweep.SweepResult;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.HadoopPaths;
import io.nightjar.job.EvaluateDataset;
import io.nightjar.job.SelectConfiguration;
import io.nightjar.report.sweep.SweepOptions;
import io.nightjar.report.sweep.SweepReport;
import io.nightjar.report.sweep.SweptConfiguration;
import io.nightjar.report.sweep.output.SweepFiles;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Evaluates a data set in several configurations, and chooses one of them.
 *
 * <p>Input: a data set as for {@code nightjar evaluate}, and a file of settings in which some have
 * a list of values. Output: {@code sweep.html}, {@code sweep.json}, {@code sweep.csv}, and in
 * {@code configurations/} an evaluation for each configuration.
 *
 * <pre>{@code
 * nightjar sweep --config grid.conf --data mvtec_ad --weights resnet50-0676ba61.pth --out sweep
 * }</pre>
 */
@Command(
    name = "sweep",
    description =
        "Evaluates a data set in several configurations, and says what choosing the best is worth.",
    sortOptions = false)
final class SweepCommand implements Callable<Integer>, DescribedCommand {
  @Spec private CommandSpec spec;

  @Mixin private RunArguments run;

  @Option(
      names = "--weights",
      required = true,
      paramLabel = "URI",
      description =
          "Pretrained weights, as for evaluate. A named configuration may have weights of its own.")
  private String weights;

  @Option(
      names = "--weights-sha256",
      paramLabel = "HEX",
      description = "The weights' SHA-256; required for an http(s) address.")
  private Optional<String> weightsSha256 = Optional.empty();

  @Option(
      names = "--reuse",
      paramLabel = "URI",
      description =
          "The folder of a run whose store the evaluations share: what they have in common is"
              + " computed once (default: --out).")
  private Optional<String> reuse = Optional.empty();

  @Mixin private LayoutArguments arrangement;
  @Mixin private SweepArguments selection;
  @Mixin private AlarmArguments alarms;
  @Mixin private SparkOptions spark;

  @Override
  public Integer call() {
    return Announcement.of(alarms, new GivenOptions(spec), this::work);
  }

  private int work(Findings findings) {
    findings.subject(run.data());
    SweepOptions options = selection.toOptions();
    List<PlannedEvaluation> planned = plan();
    if (planned.size() < 2) {
      throw new InvalidInputException(
          "There is nothing to choose from. Name a file with --config in which a setting has a list"
              + " of values, such as nightjar { smoothing = [0, 4] }.");
    }
    try (RunningSpark running = spark.start("Nightjar sweep " + run.data())) {
      Configuration configuration = running.session().sessionState().newHadoopConf();
      findings.configuration(configuration);
      SweepFiles.requireOwn(run.out(), configuration);
      SelectConfiguration selected =
          new SelectConfiguration(configuration).data(run.data()).options(options).out(run.out());
      try {
        new ConfigurationRuns(running, configuration, err()).make(planned, selected);
      } catch (CancellationException e) {
        return ActionRun.interrupted(e, err(), findings);
      }
      SweepReport report = selected.execute();
      SweepResult.note(report, run.out(), findings);
      Nightjar.outcome(spec, findings.sentence());
      SweepResult.print(report, run.out(), configuration, spec.commandLine().getOut());
      return report.isComplete() ? ExitCodes.OK : ExitCodes.INCOMPLETE;
    }
  }

  /** Plans the evaluations, so that an option that cannot be used is refused before any work. */
  private List<PlannedEvaluation> plan() {
    SettingsFile file = Nightjar.settings(spec).map(SettingsFile::read).orElse(SettingsFile.NONE);
    List<SweptConfiguration> configurations = SweepGrid.of(file);
    SharedWork shared = SharedWork.of(configurations);
    ConfiguredDefaults defaults = ConfiguredDefaults.of(file);
    List<PlannedEvaluation> planned = new ArrayList<>();
    for (SweptConfiguration configuration : configurations) {
      planned.add(
          ConfigurationLine.planned(
              configuration.name(), () -> plan(configuration, defaults, shared)));
    }
    return planned;
  }

  private PlannedEvaluation plan(
      SweptConfiguration configuration, ConfiguredDefaults defaults, SharedWork shared) {
    String out =
        HadoopPaths.child(
                HadoopPaths.parse(run.out()),
                SweepFiles.CONFIGURATIONS + "/" + configuration.name())
            .toString();
    ConfigurationLine line = new ConfigurationLine(configuration);
    if (!configuration.settings().containsKey("weights")) {
      line.add("--weights=" + weights);
      weightsSha256.ifPresent(hash -> line.add("--weights-sha256=" + hash));
    }
    line.add("--data=" + run.data());
    line.add("--layout=" + arrangement.layout());
    run.categories().forEach(category -> line.add("--category=" + category));
    line.add("--out=" + out);
    line.add("--reuse=" + reuse.orElse(run.out()));
    if (run.overwrite()) {
      line.add("--overwrite");
    }
    if (shared.keepsEmbeddings(configuration)) {
      line.add("--keep-embeddings");
    }
    EvaluateCommand evaluate =
        line.parsed("evaluate", settings -> Nightjar.commandLine(defaults.with(settings)))
            .getCommand();
    Function<SparkSession, EvaluateDataset> action = evaluate.evaluation();
    List<Integer> neighbours = shared.otherNeighbours(configuration);
    return new PlannedEvaluation(
        configuration,
        out,
        session -> action.apply(session).alsoKeepNeighbours(neighbours).keepCounts(false));
  }

  @Override
  public Map<String, Object> describe(SparkSession session) {
    Map<String, Object> given = new LinkedHashMap<>(selection.toOptions().asMap());
    for (PlannedEvaluation one : plan()) {
      given.put(one.configuration().name(), one.action().apply(session).describe());
    }
    alarms.describe(given, new GivenOptions(spec));
    return given;
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
