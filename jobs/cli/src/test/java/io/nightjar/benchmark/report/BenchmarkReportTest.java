package io.nightjar.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.benchmark.harness.BenchmarkStep;
import io.nightjar.benchmark.harness.Check;
import io.nightjar.benchmark.harness.Machine;
import io.nightjar.benchmark.harness.Measurement;
import io.nightjar.benchmark.harness.Measurement.Role;
import io.nightjar.benchmark.harness.PeakMemory;
import io.nightjar.benchmark.harness.Quantity;
import io.nightjar.benchmark.harness.StartUp;
import io.nightjar.benchmark.harness.StepResult;
import io.nightjar.benchmark.harness.Timing;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The table and the JSON of figures that are made up. */
class BenchmarkReportTest {
  private static final long MEGABYTE = 1 << 20;

  private static final Measurement OURS =
      new Measurement(
          "decode and resize",
          Role.OURS,
          2,
          Map.of(Quantity.IMAGES, 10.0, Quantity.PIXELS, 2e6),
          new Timing(List.of(0.6, 0.4, 0.5), List.of(0.9, 1.0, 1.1), 4));
  private static final Measurement IMAGE_IO =
      new Measurement(
          "ImageIO",
          Role.BASELINE,
          1,
          Map.of(Quantity.IMAGES, 5.0),
          new Timing(List.of(1.0), List.of(2.0), 0));
  private static final Measurement PRODUCT =
      new Measurement(
          "a matrix product",
          Role.YARDSTICK,
          1,
          Map.of(Quantity.GFLOP, 30.0),
          new Timing(List.of(0.02), List.of(0.02), 1));

  private static BenchmarkReport report(boolean agrees) {
    StepResult decode =
        new StepResult(
            BenchmarkStep.DECODE,
            List.of(OURS, IMAGE_IO, PRODUCT),
            List.of(new Check("ImageIO", agrees, "1 of 10 inputs differ")),
            Map.of("file_bytes", 12_345L, "ratio", 0.5, "kind", "PNG"));
    return new BenchmarkReport(
        Map.of("settings", Map.of("runs", 3)),
        new Machine("A processor", 4, 32L << 30, 3 * 1024 * MEGABYTE),
        new StartUp(0.52, 2.04),
        List.of(decode),
        new PeakMemory(100 * MEGABYTE, OptionalLong.of(250 * MEGABYTE)),
        61.4);
  }

  private static List<String> words(String table, String row) {
    return table
        .lines()
        .filter(line -> line.strip().startsWith(row))
        .findFirst()
        .map(line -> List.of(line.strip().split("\\s+")))
        .orElseThrow();
  }

  @Test
  void theMedianTheExtremesAndTheRatesAreInTheRow() {
    assertThat(String.join(" ", words(report(true).toTable(), "decode and resize")))
        .isEqualTo("decode and resize 2 3 0.500 s 0.400 s 0.600 s 20.0 images/s 4.0 Mpixels/s");
  }

  @Test
  void aBaselineHasTheRatioOfTheRatesAndOfTheRatesByProcessorTime() {
    // Ours: 20 images in a second and 10 in one of processor time; theirs: 5 and 2.5.
    assertThat(String.join(" ", words(report(true).toTable(), "against ImageIO")))
        .isEqualTo("against ImageIO 1 1 1.000 s 1.000 s 1.000 s 5.00 images/s 4.00x 4.00x");
  }

  @Test
  void aYardstickHasNoRatio() {
    assertThat(String.join(" ", words(report(true).toTable(), "next to a matrix product")))
        .isEqualTo("next to a matrix product 1 1 0.0200 s 0.0200 s 0.0200 s 1,500 GFLOP/s");
  }

  @Test
  void theMachineTheFactsAndTheMemoryAreWritten() {
    assertThat(report(true).toTable())
        .startsWith("A processor, 4 cores, 32 GB; heap up to 3,072 MB\n")
        .contains(
            "start-up: JVM 0.5 s, Spark 2.0 s\n",
            "DECODE: from a file's bytes to the network's input\n",
            "  (file bytes 12,345, ratio 0.50)\n",
            "peak memory of all of this: heap 100 MB, resident 250 MB, native 150 MB\n",
            "Every result agrees with that of its baselines.\n")
        .endsWith("measured in 61 s\n")
        .doesNotContain("DISAGREE", " \n");
  }

  @Test
  void whatDisagreesIsNamedWhereItIsAndAtTheEnd() {
    BenchmarkReport report = report(false);

    assertThat(report.agrees()).isFalse();
    assertThat(report.disagreements()).containsExactly("decode: ImageIO: 1 of 10 inputs differ");
    assertThat(report.toTable())
        .contains("  DISAGREES: ImageIO: 1 of 10 inputs differ\n", "\nRESULTS DISAGREE:")
        .doesNotContain("Every result agrees");
  }

  @Test
  void theJsonHasTheFiguresUnrounded() throws IOException {
    JsonNode json = new ObjectMapper().readTree(report(false).toJson());

    assertThat(json.at("/settings/runs").asInt()).isEqualTo(3);
    assertThat(json.at("/agrees").asBoolean(true)).isFalse();
    assertThat(json.at("/seconds").asDouble()).isEqualTo(61.4);
    assertThat(json.at("/start_up_seconds/spark").asDouble()).isEqualTo(2.04);
    JsonNode step = json.at("/steps/0");
    assertThat(step.at("/file_bytes").asLong()).isEqualTo(12_345);
    assertThat(step.at("/measurements/0/median_seconds").asDouble()).isEqualTo(0.5);
    assertThat(step.at("/measurements/0/warm_ups").asInt()).isEqualTo(4);
    assertThat(step.at("/measurements/0/rates/pixels_per_second").asDouble()).isEqualTo(4e6);
    assertThat(step.at("/measurements/1/ours_times_as_fast").asDouble()).isEqualTo(4);
    assertThat(step.at("/measurements/1/ours_times_as_fast_by_cpu_time").asDouble()).isEqualTo(4);
  }

  @Test
  void onlyBaselinesAreComparedInTheJson() throws IOException {
    JsonNode measurements =
        new ObjectMapper().readTree(report(true).toJson()).at("/steps/0/measurements");

    assertThat(measurements.findValuesAsText("role"))
        .containsExactly("ours", "baseline", "yardstick");
    assertThat(measurements.get(0).has("ours_times_as_fast")).isFalse();
    assertThat(measurements.get(1).has("ours_times_as_fast")).isTrue();
    assertThat(measurements.get(2).has("ours_times_as_fast")).isFalse();
  }
}
