package io.nightjar.benchmark.report;

import io.nightjar.benchmark.harness.Machine;
import io.nightjar.benchmark.harness.PeakMemory;
import io.nightjar.benchmark.harness.StartUp;
import io.nightjar.benchmark.harness.StepResult;
import io.nightjar.text.Text;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a benchmark measured, and on what. */
public final class BenchmarkReport {
  /** What the JSON of every report has. */
  public static final List<String> FIELDS = List.of("machine", "versions", "steps", "agrees");

  private final Map<String, Object> subject;
  private final Machine machine;
  private final StartUp startUp;
  private final List<StepResult> steps;
  private final PeakMemory memory;
  private final double seconds;

  /**
   * @param subject the data, the network and the settings, by name
   * @param seconds that all of it took
   */
  public BenchmarkReport(
      Map<String, Object> subject,
      Machine machine,
      StartUp startUp,
      List<StepResult> steps,
      PeakMemory memory,
      double seconds) {
    this.subject = Collections.unmodifiableMap(new LinkedHashMap<>(subject));
    this.machine = machine;
    this.startUp = startUp;
    this.steps = List.copyOf(steps);
    this.memory = memory;
    this.seconds = seconds;
  }

  /** Whether every baseline found what Nightjar found. */
  public boolean agrees() {
    return steps.stream().allMatch(StepResult::agrees);
  }

  /** What does not agree, a sentence each. */
  public List<String> disagreements() {
    return steps.stream()
        .flatMap(
            step ->
                step.checks().stream()
                    .filter(check -> !check.agrees())
                    .map(
                        check ->
                            Text.format(
                                "%s: %s: %s", step.step().id(), check.name(), check.detail())))
        .toList();
  }

  /** The figures as a table for a console of about 140 columns. */
  public String toTable() {
    return BenchmarkTable.render(this);
  }

  /** The content of {@code benchmark.json}. */
  public String toJson() {
    return BenchmarkJson.write(this);
  }

  Map<String, Object> subject() {
    return subject;
  }

  Machine machine() {
    return machine;
  }

  StartUp startUp() {
    return startUp;
  }

  List<StepResult> steps() {
    return steps;
  }

  PeakMemory memory() {
    return memory;
  }

  double seconds() {
    return seconds;
  }
}
