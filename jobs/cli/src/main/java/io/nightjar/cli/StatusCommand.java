package io.nightjar.cli;

import io.nightjar.cli.options.GivenOptions;
import io.nightjar.cli.options.SparkOptions;
import io.nightjar.cli.settings.DescribedCommand;
import io.nightjar.cli.status.StatusLocation;
import io.nightjar.cli.status.StatusStorage;
import io.nightjar.cli.status.StatusWait;
import io.nightjar.report.status.StatusFile;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Ends as another command did, wherever that ran: a scheduler learns of the outcome where the
 * cluster's manager does not pass it on.
 *
 * <p>Input: the folder of a run's results, or the file that {@code --status-file} named.
 *
 * <pre>{@code
 * nightjar status s3a://factory/runs/nightly --wait --timeout 6h
 * }</pre>
 */
@Command(
    name = "status",
    description = "Says how another command ended, and ends with its exit code.",
    sortOptions = false)
final class StatusCommand implements Callable<Integer>, DescribedCommand {
  private static final String NOT_WAITING = "is about --wait, which is not given; leave it out";

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "URI",
      description = "The folder of a run's results (--out), or the file that --status-file named.")
  private String location;

  @Option(
      names = "--wait",
      description = "Wait until the command has ended; one that has not begun is waited for, too.")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description =
          "How long to wait at most, such as 90m or 6h (default: as long as the command is heard"
              + " of).")
  private Optional<String> timeout = Optional.empty();

  @Option(
      names = "--of",
      paramLabel = "ID",
      description =
          "Only the command that was given this as --run-id; what an earlier one left counts as"
              + " nothing.")
  private Optional<String> runId = Optional.empty();

  @Mixin private SparkOptions spark;

  @Override
  public Integer call() {
    GivenOptions given = new GivenOptions(spec);
    given.refuseWhere(
        true,
        "names what a command leaves, and this one leaves nothing; leave it out",
        StatusLocation.FILE,
        StatusLocation.RUN_ID);
    given.refuseWhere(!wait, NOT_WAITING, "--timeout");
    StatusFile file = StatusFile.at(location, StatusStorage.configuration(spark));
    StatusWait waiting = new StatusWait(file, runId);
    StatusWait.Answer answer = wait ? waiting.await(patience()) : waiting.now();
    spec.commandLine().getOut().println(answer.sentence());
    spec.commandLine().getOut().flush();
    return answer.exitCode();
  }

  private Optional<Duration> patience() {
    return timeout.map(StatusWait::duration);
  }

  @Override
  public Map<String, Object> describe(SparkSession session) {
    new GivenOptions(spec).refuseWhere(!wait, NOT_WAITING, "--timeout");
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("location", location);
    described.put("wait", wait);
    described.put("timeout", patience());
    described.put("of", runId);
    return described;
  }
}
