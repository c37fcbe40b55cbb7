package io.nightjar.benchmarks;

import io.nightjar.benchmarks.bank.LargeBankBenchmark;
import io.nightjar.benchmarks.bank.SearchMethodsBenchmark;
import io.nightjar.benchmarks.bank.ShardedBankBenchmark;
import io.nightjar.benchmarks.bank.SuggestBenchmark;
import io.nightjar.benchmarks.python.PythonBenchmark;
import io.nightjar.benchmarks.support.MissingFileException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * Runs a benchmark by its name, as {@code deploy/local/benchmark} does. The exit status is 0 where
 * it ran and its results agree, 1 where they do not, and 2 where something that it needs is absent.
 */
@Command(
    name = "benchmark",
    description = "Measures Nightjar for its developers.",
    subcommands = {
      BackboneBenchmark.class,
      ComparisonBenchmark.class,
      CovarianceBenchmark.class,
      ListingBenchmark.class,
      MetricsBenchmark.class,
      PythonBenchmark.class,
      RegressionRuns.class,
      ScalingBenchmark.class,
      SearchMethodsBenchmark.class,
      ShardedBankBenchmark.class,
      SuggestBenchmark.class,
      LargeBankBenchmark.class,
      LargeComparison.class
    },
    footerHeading = "%nKernels:%n",
    footer = {
      "  kernels [REGEX] [JMH options]  single methods, in JMH; -l lists them, -h the options",
      "%nbenchmark NAME --help lists the options of a benchmark."
    })
public final class Benchmarks {
  private static final String KERNELS = "kernels";

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows this help.")
  boolean help;

  private Benchmarks() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 0 && arguments[0].equals(KERNELS)) {
      org.openjdk.jmh.Main.main(failingOnError(arguments));
    } else {
      System.exit(run(arguments));
    }
  }

  /** JMH's own arguments; a kernel that throws fails the run unless they say otherwise. */
  private static String[] failingOnError(String[] arguments) {
    List<String> own = new ArrayList<>(List.of(arguments).subList(1, arguments.length));
    if (!own.contains("-foe")) {
      own.addAll(List.of("-foe", "true"));
    }
    return own.toArray(String[]::new);
  }

  /** Runs the named benchmark and returns its exit status. */
  static int run(String... arguments) {
    CommandLine commands = new CommandLine(new Benchmarks());
    commands.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          if (failure instanceof MissingFileException) {
            System.err.println(failure.getMessage());
            return CommandLine.ExitCode.USAGE;
          }
          failure.printStackTrace();
          return CommandLine.ExitCode.SOFTWARE;
        });
    try {
      return commands.execute(arguments);
    } catch (AssertionError disagreement) {
      System.err.println(disagreement.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }
}
