package io.nightjar.benchmark.report;

import io.nightjar.benchmark.harness.Machine;
import io.nightjar.benchmark.harness.PeakMemory;
import io.nightjar.benchmark.harness.StartUp;
import io.nightjar.benchmark.harness.StepResult;
import io.nightjar.json.JsonDocument;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a benchmark measured, and on what. */
public final class BenchmarkReport {
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

  /** Whether a file is a report of this kind, written before. */
  public static boolean isOne(Path file) {
    try {
      JsonDocument found = JsonDocument.parse(Files.readString(file));
      return List.of("machine", "versions", "steps", "agrees").stream().allMatch(found::has);
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
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
