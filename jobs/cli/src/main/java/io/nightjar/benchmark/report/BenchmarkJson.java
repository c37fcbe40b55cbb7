package io.nightjar.benchmark.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.nightjar.benchmark.harness.Measurement;
import io.nightjar.benchmark.harness.Measurement.Role;
import io.nightjar.benchmark.harness.Quantity;
import io.nightjar.benchmark.harness.StepResult;
import io.nightjar.benchmark.harness.Timing;
import io.nightjar.job.run.BuildInfo;
import io.nightjar.json.Fields;
import io.nightjar.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** The report as JSON: names in snake case, numbers unrounded. */
final class BenchmarkJson {
  private record Document(
      @JsonUnwrapped Fields subject,
      Object machine,
      Object versions,
      StartUpSeconds startUpSeconds,
      List<Step> steps,
      Object memory,
      boolean agrees,
      double seconds) {}

  private record StartUpSeconds(double jvm, double spark) {}

  private record Step(
      String step,
      String description,
      @JsonUnwrapped Fields facts,
      List<Measured> measurements,
      Object checks) {}

  /** The two ratios compare Nightjar with a baseline. */
  private record Measured(
      String name,
      String role,
      int threads,
      int runs,
      int warmUps,
      double medianSeconds,
      double minSeconds,
      double maxSeconds,
      double medianCpuSeconds,
      Map<String, Double> work,
      Map<String, Double> rates,
      @JsonInclude(JsonInclude.Include.NON_NULL) Double oursTimesAsFast,
      @JsonInclude(JsonInclude.Include.NON_NULL) Double oursTimesAsFastByCpuTime) {}

  private BenchmarkJson() {}

  static String write(BenchmarkReport report) {
    return Json.indented(
            new Document(
                new Fields(report.subject()),
                report.machine().asMap(),
                BuildInfo.versions(),
                new StartUpSeconds(report.startUp().jvmSeconds(), report.startUp().sparkSeconds()),
                report.steps().stream().map(BenchmarkJson::step).toList(),
                report.memory().asMap(),
                report.agrees(),
                report.seconds()))
        + "\n";
  }

  private static Step step(StepResult result) {
    return new Step(
        result.step().id(),
        result.step().description(),
        new Fields(result.facts()),
        result.measurements().stream().map(m -> measured(result, m)).toList(),
        result.checks());
  }

  private static Measured measured(StepResult result, Measurement measurement) {
    Map<String, Double> work = new LinkedHashMap<>();
    Map<String, Double> rates = new LinkedHashMap<>();
    for (Map.Entry<Quantity, Double> entry : measurement.work().entrySet()) {
      work.put(entry.getKey().id(), entry.getValue());
      rates.put(entry.getKey().id() + "_per_second", measurement.rate(entry.getKey()));
    }
    boolean baseline = measurement.role() == Role.BASELINE;
    Timing timing = measurement.timing();
    return new Measured(
        measurement.name(),
        measurement.role().name().toLowerCase(Locale.ROOT),
        measurement.threads(),
        timing.seconds().size(),
        timing.warmUps(),
        timing.median(),
        timing.min(),
        timing.max(),
        timing.cpuMedian(),
        work,
        rates,
        baseline ? result.timesAsFastAs(measurement) : null,
        baseline ? orNull(result.timesAsCheapAs(measurement)) : null);
  }

  private static Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
