package io.nightjar.benchmark.harness;

/** Measures one step. */
public interface StepBenchmark {
  StepResult run(BenchmarkContext context);
}
