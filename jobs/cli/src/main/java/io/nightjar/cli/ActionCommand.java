package io.nightjar.cli;

import io.nightjar.cli.options.GivenOptions;
import io.nightjar.cli.options.SparkOptions;
import io.nightjar.job.SparkAction;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
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

  @Override
  public final Integer call() {
    Function<SparkSession, ? extends SparkAction<?, R>> action = action();
    if (!prepare()) {
      return ExitCodes.OK;
    }
    return ActionRun.execute(application(), spark(), spec.commandLine(), action, this::print);
  }

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
    return action().apply(session).describe();
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

  final GivenOptions given() {
    return new GivenOptions(spec);
  }
}
