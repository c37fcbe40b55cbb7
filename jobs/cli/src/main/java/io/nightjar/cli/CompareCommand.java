package io.nightjar.cli;

import io.nightjar.cli.comparison.ComparisonArguments;
import io.nightjar.cli.comparison.ComparisonResult;
import io.nightjar.cli.options.GivenOptions;
import io.nightjar.cli.options.SparkOptions;
import io.nightjar.cli.options.SparkOptions.RunningSpark;
import io.nightjar.cli.outcome.AlarmArguments;
import io.nightjar.cli.outcome.Announcement;
import io.nightjar.cli.outcome.ExitCodes;
import io.nightjar.cli.outcome.Findings;
import io.nightjar.cli.settings.DescribedCommand;
import io.nightjar.job.CompareRuns;
import io.nightjar.report.comparison.ComparisonOptions;
import io.nightjar.report.comparison.ComparisonReport;
import io.nightjar.report.comparison.Gate;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Compares finished runs with a baseline.
 *
 * <p>Input: the folders that {@code nightjar evaluate} or {@code nightjar metrics} have written.
 * Output: a table, the exit code, and, where asked for, {@code compare.json}, {@code compare.html},
 * {@code compare.md} and {@code compare-junit.xml}.
 *
 * <pre>{@code
 * nightjar compare runs/monday runs/tuesday --out comparisons/tuesday
 * }</pre>
 */
@Command(
    name = "compare",
    description =
        "Compares finished runs with a baseline: what became worse, and whether it passes.",
    sortOptions = false)
final class CompareCommand implements Callable<Integer>, DescribedCommand {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "BASE",
      description =
          "The run to compare with: its folder, or FOLDER/latest for the newest run in a folder of"
              + " runs.")
  private String baseline;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "NEW",
      description = "The run to compare, as for BASE; several are ranked as well.")
  private List<String> candidates;

  @Mixin private ComparisonArguments arguments;

  @Option(
      names = "--out",
      paramLabel = "URI",
      description =
          "A new folder for compare.html, compare.json, compare.md and compare-junit.xml.")
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
    findings.subject(candidates.get(0));
    Function<Configuration, CompareRuns> comparison = action();
    // Spark knows the file systems and their keys, here as everywhere.
    try (RunningSpark running = spark.start("Nightjar compare")) {
      SparkSession session = running.session();
      findings.configuration(session.sessionState().newHadoopConf());
      ComparisonReport report = comparison.apply(session.sessionState().newHadoopConf()).execute();
      ComparisonResult.note(report, findings);
      Nightjar.outcome(spec, findings.sentence());
      out.ifPresent(folder -> findings.out(folder, "compare.html"));
      ComparisonResult.print(report, out, spec.commandLine().getOut());
      return report.passed() ? ExitCodes.OK : ExitCodes.NOT_PASSED;
    }
  }

  @Override
  public Map<String, Object> describe(SparkSession session) {
    Map<String, Object> given = action().apply(session.sessionState().newHadoopConf()).describe();
    alarms.describe(given, new GivenOptions(spec));
    return given;
  }

  private Function<Configuration, CompareRuns> action() {
    new GivenOptions(spec)
        .refuseWhere(
            out.isEmpty(), "is about --out, which is not given; leave it out", "--overwrite");
    ComparisonOptions options = arguments.toOptions();
    Gate gate = arguments.toGate();
    return configuration -> {
      CompareRuns comparison =
          new CompareRuns(configuration)
              .baseline(baseline)
              .candidates(candidates)
              .options(options)
              .gate(gate)
              .overwrite(overwrite);
      out.ifPresent(comparison::out);
      return comparison;
    };
  }
}
