package io.nightjar.cli;

import io.nightjar.cli.options.GivenOptions;
import io.nightjar.cli.options.SparkOptions;
import io.nightjar.cli.outcome.AlarmArguments;
import io.nightjar.cli.outcome.Announcement;
import io.nightjar.cli.outcome.ExitCodes;
import io.nightjar.cli.outcome.Findings;
import io.nightjar.cli.progress.ActionRun;
import io.nightjar.cli.settings.DescribedCommand;
import io.nightjar.job.SparkAction;
import io.nightjar.job.result.FinishedRunException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A command that executes one action: reads the options, executes, prints.
 *
 * @param <R> the action's result
 */
abstract class ActionCommand<R> implements Callable<Integer>, DescribedCommand {
  @Spec private CommandSpec spec;

  /** Not made before it is needed: that takes longer than all of help. */
  private Optional<Configuration> configuration = Optional.empty();

  @Override
  public final Integer call() {
    return alarms()
        .map(arguments -> Announcement.of(arguments, given(), this::work))
        .orElseGet(() -> work(new Findings()));
  }

  private int work(Findings findings) {
    begin(findings);
    Function<SparkSession, ? extends SparkAction<?, R>> action = action();
    if (!prepare()) {
      return ExitCodes.OK;
    }
    int exitCode = execute(action, findings);
    Nightjar.outcome(spec, findings.sentence());
    return exitCode;
  }

  private int execute(
      Function<SparkSession, ? extends SparkAction<?, R>> action, Findings findings) {
    try {
      return ActionRun.execute(
          application(),
          spark(),
          spec.commandLine(),
          () -> Nightjar.claimed(spec),
          action,
          findings,
          result -> {
            configuration = Optional.of(findings.configuration());
            note(result, findings);
            return print(result);
          });
    } catch (FinishedRunException e) {
      // A scheduler's second attempt, which must not end otherwise than the first.
      out().println(e.getMessage());
      findings.sentence(e.outcome());
      Nightjar.repeated(spec, e.status());
      return e.exitCode();
    }
  }

  /** Who is informed how the command ended; no one by default. */
  Optional<AlarmArguments> alarms() {
    return Optional.empty();
  }

  /** Notes what the work is about, and refuses how it cannot be recorded; nothing by default. */
  void begin(Findings findings) {}

  /** Adds where the run is recorded besides its results; nothing by default. */
  void describeRecord(Map<String, Object> described) {}

  /** Notes what those are informed of; nothing by default. */
  void note(R result, Findings findings) {}

  /**
   * Does what comes before Spark starts; nothing by default.
   *
   * @return whether the action follows
   */
  boolean prepare() {
    return true;
  }

  @Override
  public final Map<String, Object> describe(SparkSession session) {
    Map<String, Object> given = action().apply(session).describe();
    alarms().ifPresent(arguments -> arguments.describe(given, given()));
    describeRecord(given);
    return given;
  }

  /**
   * Reads the options.
   *
   * @return makes the action, once Spark has started
   * @throws io.nightjar.error.InvalidInputException if an option cannot be used
   */
  abstract Function<SparkSession, ? extends SparkAction<?, R>> action();

  /** What the application is called on Spark's pages. */
  abstract String application();

  abstract SparkOptions spark();

  /** Prints the result and gives the exit code. */
  abstract int print(R result);

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Of the file systems that the session reaches; known when a result is printed. */
  final Configuration configuration() {
    return configuration.orElseGet(Configuration::new);
  }

  final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  final CommandSpec specification() {
    return spec;
  }

  final GivenOptions given() {
    return new GivenOptions(spec);
  }
}
