package io.nightjar.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.testing.ClassPaths;
import io.nightjar.testing.JavaCommand;
import io.nightjar.testing.Repository;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the notebooks in Python where there is a PySpark of Spark's version: on Python's path, or in
 * the folders that the environment variable {@code NIGHTJAR_PYSPARK} names.
 */
@Tag("slow")
class PythonNotebooksTest {
  @TempDir Path work;

  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void requirePySpark() throws Exception {
    assumeTrue(Python.isThere(work), "Skipped: there is no python3");
    String path = System.getenv("NIGHTJAR_PYSPARK");
    if (path != null) {
      environment.put("PYTHONPATH", path);
    }
    String spark = org.apache.spark.package$.MODULE$.SPARK_VERSION();
    Python.Ended found =
        Python.run(
            work, environment, List.of("-c", "import pyspark, pandas; print(pyspark.__version__)"));
    String version = found.exitCode() == 0 ? found.printed().strip() : "none";
    assumeTrue(
        version.equals(spark),
        "Skipped: python3 needs pandas and PySpark "
            + spark
            + ", and has "
            + version
            + "; NIGHTJAR_PYSPARK names its folders");
    environment.put("SPARK_HOME", home().toString());
    environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    environment.put("PYSPARK_SUBMIT_ARGS", "--master local[2] pyspark-shell");
  }

  /** A Spark that consists of the class path of the tests. */
  private Path home() throws IOException {
    Path home = work.resolve("spark");
    String options =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(option -> option.startsWith("--add-opens") || option.startsWith("-XX:"))
            .map(option -> "'" + option + "'")
            .collect(Collectors.joining(" "));
    Path submit = Files.createDirectories(home.resolve("bin")).resolve("spark-submit");
    Files.writeString(
        submit,
        String.join(
            "\n",
            "#!/bin/sh",
            "exec '"
                + Path.of(System.getProperty("java.home"), "bin", "java")
                + "' "
                + options
                + " "
                + String.join(" ", JavaCommand.shortLived(ClassPaths.whole()))
                + " -Dspark.ui.enabled=false -Dspark.sql.shuffle.partitions=2 -cp '"
                + ClassPaths.whole()
                + "' org.apache.spark.deploy.SparkSubmit \"$@\"",
            ""));
    assertThat(submit.toFile().setExecutable(true)).isTrue();
    return home;
  }

  private Python.Ended run(String notebook) throws Exception {
    return Python.run(
        work, environment, List.of(Repository.file("notebooks/" + notebook).toString()));
  }

  @Test
  void evaluatesStepByStepAndInOneCall() throws Exception {
    Path out = work.resolve("out");
    environment.put("NIGHTJAR_DATA", TinyDataset.generate(work.resolve("data")).toString());
    environment.put("NIGHTJAR_CATEGORY", "carpet");
    environment.put(
        "NIGHTJAR_WEIGHTS", TinyDataset.writeWeights(work.resolve("net.safetensors")).toString());
    environment.put("NIGHTJAR_BACKBONE", "resnet18");
    environment.put("NIGHTJAR_IMAGE_SIZE", "64");
    environment.put("NIGHTJAR_GRID", "8");
    environment.put("NIGHTJAR_OUT", out.toString());

    Python.Ended ended = run("01-evaluate.py");

    assertThat(ended.exitCode()).as(ended.printed()).isZero();
    JsonNode carpet =
        new ObjectMapper()
            .readTree(out.resolve("run/metrics.json").toFile())
            .get("categories")
            .get(0);
    assertThat(ended.printed())
        .contains(
            "components: step by step "
                + carpet.get("components").asInt()
                + ", in one call "
                + carpet.get("components").asInt(),
            "bank rows: step by step " + carpet.get("bank_rows").asInt(),
            "The two ways agree.");
    assertThat(out.resolve("model")).isDirectory();
  }

  @Test
  void comparesTwoNightsAndShowsAll() throws Exception {
    Path runs = work.resolve("runs");
    Nights.evaluate(work, runs, Sparks.local(2));
    Path out = work.resolve("out");
    environment.put("NIGHTJAR_RUNS", runs.toString());
    environment.put("NIGHTJAR_BASELINE", runs.resolve("monday").toString());
    environment.put("NIGHTJAR_OUT", out.toString());

    Python.Ended ended = run("03-compare.py");

    JsonNode comparison =
        new ObjectMapper().readTree(out.resolve("comparison/compare.json").toFile());
    assertThat(comparison.get("passed").asBoolean()).isFalse();
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.printed())
        .contains("AssertionError: " + comparison.get("sentence").asText())
        .containsPattern("options.variance +0.95 +0.1")
        .containsPattern("\\|bottle *\\|3 *\\|0 *\\|");
    assertThat(out.resolve("history/history.html")).isNotEmptyFile();
  }
}
