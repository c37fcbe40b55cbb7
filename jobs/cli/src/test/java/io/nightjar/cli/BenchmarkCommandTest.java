package io.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What {@code nightjar benchmark} measures, writes and refuses. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BenchmarkCommandTest {
  private Path work;
  private Path data;
  private Path weights;
  private Ended all;
  private JsonNode json;

  private record Ended(int exitCode, String out, String err) {}

  @BeforeAll
  void measureEverything(@TempDir Path directory) throws IOException {
    work = directory;
    data = TinyDataset.generate(directory.resolve("data"));
    weights = TinyDataset.writeWeights(directory.resolve("resnet18.safetensors"));
    Path out = directory.resolve("all");
    all = benchmark(out, "--runs", "2", "--category", "bottle");
    assertThat(all.exitCode()).as(all.err() + all.out()).isZero();
    json = new ObjectMapper().readTree(out.resolve("benchmark.json").toFile());
  }

  @Test
  void aCategoryThatFailsIsNoDisagreementAndHasNoRate() throws IOException {
    Path damaged = TinyDataset.generate(work.resolve("damaged"));
    try (Stream<Path> normal = Files.list(damaged.resolve("bottle/train/good"))) {
      for (Path image : normal.toList()) {
        Files.writeString(image, "no image");
      }
    }
    Path out = work.resolve("failed");

    Ended ended =
        benchmark(
            out,
            "--data",
            damaged.toString(),
            "--runs",
            "1",
            "--category",
            "bottle",
            "--only",
            "whole");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err())
        .contains("not every category has a result. bottle: ", "images of category bottle")
        .doesNotContainIgnoringCase("disagree");
    assertThat(ended.out()).doesNotContain("images/s", "DISAGREE");
    assertThat(out.resolve("benchmark.json")).doesNotExist();
  }

  @Test
  void aFileOfTheReportsNameThatIsNoReportIsKept() throws IOException {
    Path out = Files.createDirectories(work.resolve("foreign"));
    Files.writeString(out.resolve("benchmark.json"), "{\"mine\": 1}");

    Ended ended = benchmark(out, "--runs", "1", "--only", "decode");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("no run of Nightjar has written (benchmark.json)");
    assertThat(out.resolve("benchmark.json")).hasContent("{\"mine\": 1}");
  }

  @Test
  void figuresAreNotWrittenIntoTheData() {
    Ended ended = benchmark(data.resolve("figures"), "--runs", "1", "--only", "decode");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("lies in --data " + data);
    assertThat(data.resolve("figures")).doesNotExist();
  }

  @Test
  void everyStepIsThereInTheOrderOfTheData() {
    assertThat(json.get("steps").findValuesAsText("step"))
        .containsExactly(
            "decode",
            "backbone",
            "covariance",
            "eigen",
            "pca",
            "projection",
            "search",
            "metrics",
            "bank",
            "whole");
  }

  @Test
  void everyFigureIsPositiveAndTheMedianLiesBetweenTheExtremes() {
    for (JsonNode step : json.get("steps")) {
      assertThat(step.get("measurements")).isNotEmpty();
      for (JsonNode measurement : step.get("measurements")) {
        String name = step.get("step").asText() + ": " + measurement;
        double median = measurement.get("median_seconds").asDouble();
        assertThat(measurement.get("runs").asInt()).as(name).isBetween(1, 2);
        assertThat(measurement.get("min_seconds").asDouble()).as(name).isPositive();
        assertThat(median)
            .as(name)
            .isBetween(
                measurement.get("min_seconds").asDouble(),
                measurement.get("max_seconds").asDouble());
        assertThat(measurement.get("work")).as(name).isNotEmpty();
        measurement
            .get("work")
            .properties()
            .forEach(
                work ->
                    assertThat(
                            measurement.get("rates").get(work.getKey() + "_per_second").asDouble())
                        .as(name)
                        .isPositive()
                        .isCloseTo(work.getValue().asDouble() / median, within(1e-9 / median)));
      }
    }
  }

  @Test
  void everyBaselineAgreesAndItsRatioIsThatOfTheRates() {
    int baselines = 0;
    for (JsonNode step : json.get("steps")) {
      assertThat(step.get("checks")).as(step.get("step").asText()).isNotEmpty();
      step.get("checks").forEach(check -> assertThat(check.get("agrees").asBoolean()).isTrue());
      JsonNode ours = step.get("measurements").get(0);
      assertThat(ours.get("role").asText()).isEqualTo("ours");
      for (JsonNode measurement : step.get("measurements")) {
        if (measurement.get("role").asText().equals("baseline")) {
          baselines++;
          String quantity = measurement.get("rates").fieldNames().next();
          double ratio =
              ours.get("rates").get(quantity).asDouble()
                  / measurement.get("rates").get(quantity).asDouble();
          assertThat(measurement.get("ours_times_as_fast").asDouble())
              .isCloseTo(ratio, within(1e-9 * ratio));
        }
      }
    }
    assertThat(baselines).isEqualTo(8);
    assertThat(json.get("agrees").asBoolean()).isTrue();
  }

  @Test
  void theMachineAndTheNetworkAreDescribed() {
    assertThat(json.at("/machine/cores").asInt())
        .isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(json.at("/machine/memory_bytes").asLong())
        .isGreaterThan(json.at("/machine/heap_limit_bytes").asLong() / 2);
    assertThat(json.at("/versions/java").asText()).contains("17");
    assertThat(json.at("/versions/nightjar_commit").asText()).isNotEmpty();
    assertThat(json.at("/backbone/weights_sha256").asText()).hasSize(64);
    assertThat(json.at("/memory/heap_peak_bytes").asLong()).isPositive();
    assertThat(json.at("/start_up_seconds/spark").asDouble()).isPositive();
  }

  @Test
  void theWholeHasItsStagesAndThePeaksOfAProcessThatDidNothingElse() {
    JsonNode whole = json.get("steps").get(9);

    assertThat(whole.at("/seconds_by_stage/bottle/score").asDouble()).isPositive();
    assertThat(whole.at("/memory/heap_peak_bytes").asLong())
        .isPositive()
        .isLessThanOrEqualTo(json.at("/memory/heap_peak_bytes").asLong());
    assertThat(whole.at("/memory/resident_peak_bytes").asLong())
        .isPositive()
        .isLessThanOrEqualTo(json.at("/memory/resident_peak_bytes").asLong());
  }

  @Test
  void theTableNamesEveryStep() {
    assertThat(all.out())
        .contains("DECODE", "BACKBONE", "COVARIANCE", "EIGEN", "PCA", "PROJECTION", "SEARCH")
        .contains("METRICS", "BANK", "WHOLE", "images/s", "GFLOP/s", "agrees");
  }

  @Test
  void theWholeEvaluationLeavesItsFilesAndTheSampleGoes() throws IOException {
    Path out = work.resolve("all");

    assertThat(out.resolve("evaluation/metrics.json")).isNotEmptyFile();
    try (var files = Files.list(out)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("benchmark.json", "evaluation");
    }
  }

  @Test
  void onlyTheStepsAskedForAreMeasured() throws IOException {
    Path out = work.resolve("two");

    Ended ended = benchmark(out, "--only", "metrics,decode", "--runs", "1");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    JsonNode two = new ObjectMapper().readTree(out.resolve("benchmark.json").toFile());
    assertThat(two.get("steps").findValuesAsText("step")).containsExactly("decode", "metrics");
  }

  @Test
  void unknownStep() {
    assertRefused(benchmark(work.resolve("unused"), "--only", "decoding"), "decoding", "decode");
  }

  @Test
  void noRuns() {
    assertRefused(benchmark(work.resolve("unused"), "--runs", "0"), "--runs", "1 to 1000");
  }

  @Test
  void noSuchData() {
    assertRefused(benchmark(work.resolve("unused"), "--data", "nowhere"), "nowhere");
  }

  @Test
  void noSuchWeights() {
    assertRefused(benchmark(work.resolve("unused"), "--weights", "no.pth"), "no.pth");
  }

  @Test
  void defectiveImage() throws IOException {
    Path broken = TinyDataset.generate(work.resolve("broken"));
    Files.write(broken.resolve("carpet/train/good/000.png"), new byte[] {1, 2, 3});

    assertRefused(
        benchmark(
            work.resolve("unused"),
            "--data",
            broken.toString(),
            "--category",
            "carpet",
            "--only",
            "decode"),
        "train/good/000.png");
  }

  @Test
  void anotherBuildNeedsDataAndWeights() {
    Ended ended = run(List.of("benchmark", "--against", "other.jar", "--data", data.toString()));

    assertRefused(ended, "The option --against needs --data and --weights");
  }

  @Test
  void anotherBuildIsComparedByTheWholeAlone() {
    assertRefused(
        benchmark(work.resolve("unused"), "--against", "other.jar", "--only", "decode"),
        "The option --only is of the steps");
  }

  @Test
  void noSuchBuild() {
    Ended ended =
        run(
            List.of(
                "benchmark",
                "--against=other.jar",
                "--data=" + data,
                "--weights=" + weights,
                "--out=" + work.resolve("unused")));

    assertRefused(ended, "--against other.jar is neither a jar of Nightjar nor a launcher");
  }

  @Test
  void comparedBuildsLeaveNothingAmongTheData() throws IOException {
    Path jar = Files.writeString(work.resolve("nightjar.jar"), "never started");

    Ended ended =
        run(
            List.of(
                "benchmark",
                "--against=" + jar,
                "--data=" + data,
                "--weights=" + weights,
                "--out=" + data.resolve("comparison")));

    assertRefused(ended, "--out", "--data " + data);
    assertThat(data.resolve("comparison")).doesNotExist();
  }

  @Test
  void helpExplainsTheSteps() {
    Ended ended = run(List.of("help", "benchmark"));

    assertThat(ended.out()).contains("--quick", "--only", "search", "exit code 1");
  }

  @Test
  void stepsTakeOneImageSize() {
    assertRefused(
        run(List.of("benchmark", "--master", "local[1]", "--image-size", "224,448")),
        "--image-size names 2",
        "name one, or measure the whole evaluation with --against");
  }

  @Test
  void stepsTakeOneNetwork() {
    assertRefused(
        run(List.of("benchmark", "--master", "local[1]", "--backbone", "resnet50,resnet18")),
        "--backbone names 2",
        "name one, or measure the whole evaluation with --against");
  }

  private static void assertRefused(Ended ended, String... words) {
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err()).contains("nightjar: ").contains(words).doesNotContain("\tat ");
  }

  private Ended benchmark(Path out, String... arguments) {
    List<String> given = List.of(arguments);
    List<String> line = new ArrayList<>(List.of("benchmark", "--master", "local[2]", "--quick"));
    line.addAll(List.of("--backbone", "resnet18", "--image-size", "64", "--grid", "8"));
    line.addAll(List.of("--out", out.toString()));
    if (!given.contains("--data")) {
      line.addAll(List.of("--data", data.toString()));
    }
    if (!given.contains("--weights")) {
      line.addAll(List.of("--weights", weights.toString()));
    }
    line.addAll(given);
    return run(line);
  }

  private static Ended run(List<String> arguments) {
    Sparks.stop(); // of another test, in which --master would be refused
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        Nightjar.run(arguments.toArray(String[]::new), new PrintWriter(out), new PrintWriter(err));
    return new Ended(exitCode, out.toString(), err.toString());
  }
}
