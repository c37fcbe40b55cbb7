package io.nightjar.cli;

import io.nightjar.cli.options.GivenOptions;
import io.nightjar.cli.options.SparkOptions;
import io.nightjar.cli.options.SparkOptions.RunningSpark;
import io.nightjar.cli.outcome.AlarmArguments;
import io.nightjar.cli.outcome.Announcement;
import io.nightjar.cli.outcome.ExitCodes;
import io.nightjar.cli.outcome.Findings;
import io.nightjar.cli.progress.Terminal;
import io.nightjar.cli.settings.DescribedCommand;
import io.nightjar.job.DetectDrift;
import io.nightjar.metric.drift.DriftLimits;
import io.nightjar.report.console.DriftTable;
import io.nightjar.report.drift.CategoryDrift;
import io.nightjar.report.drift.DriftReport;
import io.nightjar.report.openmetrics.ReportMetrics;
import io.nightjar.text.Text;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Reports whether the newest scores are still those of the bank's images.
 *
 * <p>Input: the folders that {@code nightjar score} has written. Output: a table, the exit code,
 * and, where asked for, {@code drift.json}.
 *
 * <pre>{@code
 * nightjar drift --bank banks --runs scores --baseline scores/first-week
 * }</pre>
 */
@Command(
    name = "drift",
    description = "Reports how far the newest scores are from the bank's own.",
    sortOptions = false)
final class DriftCommand implements Callable<Integer>, DescribedCommand {
  @Spec private CommandSpec spec;

  @Option(
      names = "--bank",
      required = true,
      paramLabel = "URI[@VERSION]",
      description = "The bank or the folder of banks that the images were scored with.")
  private String bank;

  @Option(
      names = "--runs",
      required = true,
      paramLabel = "URI",
      split = ",",
      description =
          "A run of nightjar score over mostly normal images, or a folder of such; may be given more"
              + " than once.")
  private List<String> runs = new ArrayList<>();

  @Option(
      names = "--baseline",
      paramLabel = "URI",
      split = ",",
      description =
          "Runs over normal images whose scores are the reference, as for --runs (default: the"
              + " bank's own scores).")
  private List<String> baseline = new ArrayList<>();

  @Option(
      names = "--category",
      paramLabel = "NAME",
      split = ",",
      description = "A category to look at; may be given more than once (default: all).")
  private List<String> categories = new ArrayList<>();

  @Option(
      names = "--psi-limit",
      paramLabel = "INDEX",
      description =
          "The largest population stability index that is no drift (default: ${DEFAULT-VALUE}).")
  private double psiLimit;

  @Option(
      names = "--ks-alpha",
      paramLabel = "P",
      description =
          "The p-value of the Kolmogorov-Smirnov test below which a run has drifted"
              + " (default: ${DEFAULT-VALUE}).")
  private double ksAlpha;

  @Option(names = "--out", paramLabel = "URI", description = "A new folder for drift.json.")
  private Optional<String> out = Optional.empty();

  @Option(names = "--overwrite", description = "Replace the results that --out already holds.")
  private boolean overwrite;

  @Mixin private AlarmArguments alarms;
  @Mixin private SparkOptions spark;

  @Override
  public Integer call() {
    return Announcement.of(alarms, new GivenOptions(spec), this::work);
  }

  private int work(Findings findings) {
    findings.subject(bank);
    Function<Configuration, DetectDrift> drift = action();
    // Spark knows the file systems and their keys, here as everywhere.
    try (RunningSpark running = spark.start("Nightjar drift")) {
      SparkSession session = running.session();
      Configuration files = session.sessionState().newHadoopConf();
      findings.configuration(files);
      DriftReport report = drift.apply(files).execute();
      note(report, findings);
      Nightjar.outcome(spec, findings.sentence());
      return print(report);
    }
  }

  @Override
  public Map<String, Object> describe(SparkSession session) {
    Map<String, Object> given = action().apply(session.sessionState().newHadoopConf()).describe();
    alarms.describe(given, new GivenOptions(spec));
    return given;
  }

  private Function<Configuration, DetectDrift> action() {
    new GivenOptions(spec)
        .refuseWhere(
            out.isEmpty(), "is about --out, which is not given; leave it out", "--overwrite");
    DriftLimits limits = new DriftLimits(psiLimit, ksAlpha);
    return configuration -> {
      DetectDrift drift =
          new DetectDrift(configuration)
              .bank(bank)
              .runs(runs)
              .baseline(baseline)
              .categories(categories)
              .limits(limits)
              .overwrite(overwrite);
      out.ifPresent(drift::out);
      return drift;
    };
  }

  private void note(DriftReport report, Findings findings) {
    List<String> drifted =
        report.categories().stream()
            .filter(CategoryDrift::drifted)
            .map(CategoryDrift::category)
            .toList();
    findings
        .verdict(drifted.isEmpty() ? "same" : "drifted")
        .metrics(families -> ReportMetrics.add(report, families))
        .sentence(
            drifted.isEmpty()
                ? Text.format(
                    "No drift in %s.",
                    Text.counted(report.categories().size(), "category", "categories"))
                : Text.format("The scores of %s have drifted.", String.join(", ", drifted)));
    out.ifPresent(folder -> findings.out(folder, "drift.json"));
  }

  private int print(DriftReport report) {
    PrintWriter console = spec.commandLine().getOut();
    console.print(DriftTable.render(report, Terminal.hasColours()));
    console.flush();
    return report.drifted() ? ExitCodes.DRIFTED : ExitCodes.OK;
  }
}
