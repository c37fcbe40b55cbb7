package io.nightjar.cli;

import io.nightjar.cli.options.Choice;
import io.nightjar.cli.options.SparkOptions;
import io.nightjar.cli.options.SparkOptions.RunningSpark;
import io.nightjar.cli.outcome.ExitCodes;
import io.nightjar.cli.progress.Terminal;
import io.nightjar.cli.settings.DescribedCommand;
import io.nightjar.job.TrackRuns;
import io.nightjar.metric.history.Cadence;
import io.nightjar.report.ReportedMetric;
import io.nightjar.report.comparison.MaxDrop;
import io.nightjar.report.console.HistorySummary;
import io.nightjar.report.history.HistoryOptions;
import io.nightjar.report.history.RunsHistory;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Shows all runs below a folder over time.
 *
 * <p>Input: the folders that {@code nightjar evaluate} or {@code nightjar metrics} have written.
 * Output: {@code history.html} and the table {@code history/}.
 *
 * <pre>{@code
 * nightjar history --runs runs --out history
 * }</pre>
 */
@Command(
    name = "history",
    description = "Shows all runs below a folder over time: where figures changed, and why.",
    sortOptions = false)
final class HistoryCommand implements Callable<Integer>, DescribedCommand {
  @Spec private CommandSpec spec;

  @Option(
      names = "--runs",
      required = true,
      paramLabel = "URI",
      description = "A folder of runs of evaluate or metrics, at any depth.")
  private String runs;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "URI",
      description =
          "The folder for history.html and the table history/; the one of an earlier history of the"
              + " same runs is renewed, and only new runs are read.")
  private String out;

  @Option(
      names = "--figure",
      paramLabel = "NAME",
      split = ",",
      description =
          "A figure to draw, by its name in metrics.json; may be given more than once (default:"
              + " pixel_auprc, or image_auroc for data sets without pixel figures).")
  private List<String> figures = new ArrayList<>();

  @Option(
      names = "--tolerance",
      paramLabel = "DIFFERENCE",
      description = "The smallest change of level that is marked (default: ${DEFAULT-VALUE}).")
  private double tolerance;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      description =
          "How often runs are made, such as 1d, 12h or 1w, to find missing ones (default: the"
              + " median of the times between runs, where most are near it).")
  private Optional<String> every = Optional.empty();

  @Option(
      names = "--cost-per-hour",
      paramLabel = "NUMBER",
      description = "What an hour of a run costs; the page then shows costs next to times.")
  private Optional<Double> costPerHour = Optional.empty();

  @Option(
      names = "--format",
      paramLabel = "parquet|delta",
      defaultValue = "parquet",
      description =
          "How the table is stored; delta needs the library of Delta Lake on the class path"
              + " (default: ${DEFAULT-VALUE}).")
  private String format;

  @Mixin private SparkOptions spark;

  @Override
  public Integer call() {
    HistoryOptions options = options();
    TrackRuns.Format stored = Choice.of("format", format, TrackRuns.Format.values());
    TrackRuns.requireLibrary(stored);
    // Spark knows the file systems and their keys, here as everywhere.
    try (RunningSpark running =
        spark.start("Nightjar history", TrackRuns.sparkProperties(stored))) {
      RunsHistory history = action(running.session(), options, stored).execute();
      PrintWriter console = spec.commandLine().getOut();
      console.println("History: " + out + " (history.html for a person, history/ for programs)");
      console.print(HistorySummary.render(history, Terminal.hasColours()));
      console.flush();
      return ExitCodes.OK;
    }
  }

  @Override
  public Map<String, Object> describe(SparkSession session) {
    return action(session, options(), Choice.of("format", format, TrackRuns.Format.values()))
        .describe();
  }

  private TrackRuns action(SparkSession session, HistoryOptions options, TrackRuns.Format stored) {
    return new TrackRuns(session).runs(runs).out(out).options(options).format(stored);
  }

  private HistoryOptions options() {
    List<ReportedMetric> named =
        figures.stream().map(name -> MaxDrop.figure(name, "--figure")).toList();
    return new HistoryOptions(
        named,
        tolerance,
        every.map(Cadence::parse),
        costPerHour.map(OptionalDouble::of).orElse(OptionalDouble.empty()));
  }
}
