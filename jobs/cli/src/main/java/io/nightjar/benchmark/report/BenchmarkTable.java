package io.nightjar.benchmark.report;

import io.nightjar.benchmark.harness.Check;
import io.nightjar.benchmark.harness.Machine;
import io.nightjar.benchmark.harness.Measurement;
import io.nightjar.benchmark.harness.Measurement.Role;
import io.nightjar.benchmark.harness.Quantity;
import io.nightjar.benchmark.harness.StepResult;
import io.nightjar.benchmark.harness.Timing;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The report as text for a console of about 140 columns, in ASCII. */
final class BenchmarkTable {
  private static final String ROW = "  %-46s %7s %5s %9s %9s %9s  %-18s %-15s %6s %7s";

  private final BenchmarkReport report;
  private final StringBuilder out = new StringBuilder();

  private BenchmarkTable(BenchmarkReport report) {
    this.report = report;
  }

  static String render(BenchmarkReport report) {
    BenchmarkTable table = new BenchmarkTable(report);
    table.machine();
    table.header();
    report.steps().forEach(table::step);
    table.footer();
    return table.out.toString();
  }

  private void machine() {
    Machine machine = report.machine();
    line(
        "%s, %d cores, %s; heap up to %s",
        machine.processor(),
        machine.cores(),
        bytes(machine.memoryBytes()),
        bytes(machine.heapBytes()));
    line(
        "%s %s, %s %s %s",
        System.getProperty("java.vm.name"),
        Runtime.version(),
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        System.getProperty("os.arch"));
    line(
        "start-up: JVM %.1f s, Spark %.1f s",
        report.startUp().jvmSeconds(), report.startUp().sparkSeconds());
    line("");
  }

  private void header() {
    String row =
        String.format(
            Locale.ROOT,
            ROW,
            "",
            "threads",
            "runs",
            "median",
            "min",
            "max",
            "rate",
            "",
            "ratio",
            "by CPU");
    line("%s", row);
    line("%s", "-".repeat(row.length()));
  }

  private void step(StepResult result) {
    line("%s: %s", result.step().id().toUpperCase(Locale.ROOT), result.step().description());
    for (Measurement measurement : result.measurements()) {
      row(result, measurement);
    }
    facts(result);
    for (Check check : result.checks()) {
      if (!check.agrees()) {
        line("  DISAGREES: %s: %s", check.name(), check.detail());
      }
    }
    line("");
  }

  private void row(StepResult result, Measurement measurement) {
    List<String> rates =
        measurement.work().keySet().stream()
            .map(quantity -> rate(measurement.rate(quantity), quantity))
            .toList();
    Timing timing = measurement.timing();
    boolean isBaseline = measurement.role() == Role.BASELINE;
    String name = measurement.name();
    if (isBaseline) {
      name = "against " + name;
    } else if (measurement.role() == Role.YARDSTICK) {
      name = "next to " + name;
    }
    line(
        ROW,
        name,
        measurement.threads(),
        timing.seconds().size(),
        seconds(timing.median()),
        seconds(timing.min()),
        seconds(timing.max()),
        rates.get(0),
        rates.size() > 1 ? rates.get(1) : "",
        isBaseline ? times(result.timesAsFastAs(measurement)) : "",
        isBaseline
            ? result.timesAsCheapAs(measurement).stream()
                .mapToObj(BenchmarkTable::times)
                .collect(Collectors.joining())
            : "");
  }

  /** Figures that are not rates. */
  private void facts(StepResult result) {
    String facts =
        result.facts().entrySet().stream()
            .filter(fact -> fact.getValue() instanceof Number)
            .map(fact -> fact.getKey().replace('_', ' ') + " " + number((Number) fact.getValue()))
            .collect(Collectors.joining(", "));
    if (!facts.isEmpty()) {
      line("  (%s)", facts);
    }
    if (result.facts().get("seconds_by_stage") instanceof Map<?, ?> categories) {
      categories.forEach((category, stages) -> line("  (%s: %s)", category, stages(stages)));
    }
    if (result.facts().get("memory") instanceof Map<?, ?> peaks) {
      line("  (peak memory: %s)", memory(peaks));
    }
  }

  private static String memory(Map<?, ?> peaks) {
    return Text.format(
        "heap %s, resident %s, native %s",
        bytes(peaks.get("heap_peak_bytes")),
        bytes(peaks.get("resident_peak_bytes")),
        bytes(peaks.get("native_peak_bytes")));
  }

  private static String stages(Object stages) {
    return ((Map<?, ?>) stages)
        .entrySet().stream()
            .map(stage -> stage.getKey() + " " + seconds(((Number) stage.getValue()).doubleValue()))
            .collect(Collectors.joining(", "));
  }

  private void footer() {
    line("peak memory of all of this: %s", memory(report.memory().asMap()));
    line(
        "native is what is resident beyond the heap's peak: libraries, networks, matrices, stacks");
    line(
        "seconds are wall-clock; a rate is the median's; the ratio is our rate over the baseline's");
    line(
        "%s",
        report.agrees()
            ? "Every result agrees with that of its baselines."
            : "RESULTS DISAGREE: the figures above cannot be compared.");
    line("measured in %.0f s", report.seconds());
  }

  private static String rate(double rate, Quantity quantity) {
    if (quantity == Quantity.PIXELS) {
      return String.format(Locale.ROOT, "%.1f Mpixels/s", rate / 1e6);
    }
    int decimals = rate < 10 ? 2 : rate < 1000 ? 1 : 0;
    return String.format(Locale.ROOT, "%,." + decimals + "f %s", rate, quantity.rate());
  }

  private static String times(double ratio) {
    return String.format(Locale.ROOT, ratio < 10 ? "%.2fx" : "%.0fx", ratio);
  }

  private static String seconds(double seconds) {
    int decimals = seconds < 0.1 ? 4 : seconds < 10 ? 3 : 1;
    return String.format(Locale.ROOT, "%." + decimals + "f s", seconds);
  }

  private static String number(Number number) {
    return number instanceof Double || number instanceof Float
        ? String.format(Locale.ROOT, "%.2f", number.doubleValue())
        : String.format(Locale.ROOT, "%,d", number.longValue());
  }

  private static String bytes(Object peak) {
    return peak instanceof Long bytes ? bytes(bytes.longValue()) : "not known on this system";
  }

  private static String bytes(long bytes) {
    return bytes < 10L << 30
        ? String.format(Locale.ROOT, "%,d MB", bytes >> 20)
        : String.format(Locale.ROOT, "%,d GB", bytes >> 30);
  }

  private void line(String format, Object... arguments) {
    out.append(String.format(Locale.ROOT, format, arguments).stripTrailing()).append('\n');
  }
}
