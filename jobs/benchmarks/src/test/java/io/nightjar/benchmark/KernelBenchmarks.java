package io.nightjar.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the JMH benchmarks of the numeric kernels, each in a JVM of its own, in milliseconds a call.
 * Its name keeps it out of the build; run it with {@code mvn -pl jobs test
 * -Dtest=KernelBenchmarks}, and some of them with {@code -Dkernels=SearchKernels} (a regular
 * expression).
 */
class KernelBenchmarks {

  @Test
  void run() throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include("io.nightjar.benchmark.*" + System.getProperty("kernels", "Kernels"))
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.MILLISECONDS)
            .forks(1)
            .warmupIterations(3)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(5)
            .measurementTime(TimeValue.seconds(1))
            .shouldFailOnError(true)
            .build();

    Collection<RunResult> results = new Runner(options).run();

    assertThat(results).isNotEmpty();
    assertThat(results).allMatch(result -> result.getPrimaryResult().getScore() > 0);
  }
}
