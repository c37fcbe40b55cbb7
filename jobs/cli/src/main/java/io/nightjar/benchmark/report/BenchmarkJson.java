package io.nightjar.benchmark.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.nightjar.benchmark.harness.Measurement;
import io.nightjar.benchmark.harness.Measurement.Role;
import io.nightjar.benchmark.harness.Quantity;
import io.nightjar.benchmark.harness.StepResult;
import io.nightjar.benchmark.harness.Timing;
import io.nightjar.job.run.BuildInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report as JSON: names in snake case, numbers unrounded. */
final class BenchmarkJson {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private BenchmarkJson() {}

  static String write(BenchmarkReport report) {
    Map<String, Object> root = new LinkedHashMap<>(report.subject());
    root.put("machine", report.machine().asMap());
    root.put("versions", BuildInfo.versions());
    root.put(
        "start_up_seconds",
        Map.of("jvm", report.startUp().jvmSeconds(), "spark", report.startUp().sparkSeconds()));
    root.put("steps", report.steps().stream().map(BenchmarkJson::step).toList());
    root.put("memory", report.memory().asMap());
    root.put("agrees", report.agrees());
    root.put("seconds", report.seconds());
    try {
      return MAPPER.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A figure of the benchmark cannot be written as JSON", e);
    }
  }

  private static Map<String, Object> step(StepResult result) {
    Map<String, Object> step = new LinkedHashMap<>();
    step.put("step", result.step().id());
    step.put("description", result.step().description());
    step.putAll(result.facts());
    List<Map<String, Object>> measurements = new ArrayList<>();
    for (Measurement measurement : result.measurements()) {
      measurements.add(measurement(result, measurement));
    }
    step.put("measurements", measurements);
    step.put("checks", result.checks());
    return step;
  }

  private static Map<String, Object> measurement(StepResult result, Measurement measurement) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", measurement.name());
    map.put("role", measurement.role().name().toLowerCase(Locale.ROOT));
    map.put("threads", measurement.threads());
    Timing timing = measurement.timing();
    map.put("runs", timing.seconds().size());
    map.put("warm_ups", timing.warmUps());
    map.put("median_seconds", timing.median());
    map.put("min_seconds", timing.min());
    map.put("max_seconds", timing.max());
    map.put("median_cpu_seconds", timing.cpuMedian());
    Map<String, Object> work = new LinkedHashMap<>();
    Map<String, Object> rates = new LinkedHashMap<>();
    for (Map.Entry<Quantity, Double> entry : measurement.work().entrySet()) {
      work.put(entry.getKey().id(), entry.getValue());
      rates.put(entry.getKey().id() + "_per_second", measurement.rate(entry.getKey()));
    }
    map.put("work", work);
    map.put("rates", rates);
    if (measurement.role() == Role.BASELINE) {
      map.put("ours_times_as_fast", result.timesAsFastAs(measurement));
      result
          .timesAsCheapAs(measurement)
          .ifPresent(ratio -> map.put("ours_times_as_fast_by_cpu_time", ratio));
    }
    return map;
  }
}
