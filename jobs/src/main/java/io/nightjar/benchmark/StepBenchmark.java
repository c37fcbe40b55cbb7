package io.nightjar.benchmark;

/** Measures one step. */
interface StepBenchmark {
  StepResult run(Workbench bench);
}
