package io.nightjar.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.testing.JavaCommand;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar for {@code spark-submit}, on nothing but what a cluster has. */
@Tag("slow")
@Tag("smoke")
class SparkSubmitIT {
  private static final Path JAR = Path.of(System.getProperty("nightjar.spark.jar"));

  @Test
  void anExecutorProcessRunsWholeEvaluationsFromTheJarAlone(@TempDir Path work) throws Exception {
    Path data = TinyDataset.generate(work.resolve("data"));
    Path weights = TinyDataset.writeWholeWeights(work.resolve("weights.safetensors"));
    Path out = work.resolve("out");
    Path home = Files.createDirectories(work.resolve("spark"));
    Files.createDirectory(home.resolve("jars"));
    String cluster = clusterClassPath();

    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(JavaCommand.SHORT_LIVED);
    words.addAll(List.of(JavaModuleOptions.defaultModuleOptions().trim().split("\\s+", -1)));
    words.addAll(List.of("-Xmx1g", "-cp", cluster, "org.apache.spark.deploy.SparkSubmit"));
    words.addAll(List.of("--class", "io.nightjar.cli.Nightjar"));
    words.addAll(List.of("--master", "local-cluster[1,1,1024]"));
    String options = String.join(" ", JavaCommand.SHORT_LIVED);
    words.addAll(List.of("--conf", "spark.executor.extraJavaOptions=" + options));
    words.addAll(List.of("--conf", "spark.executor.extraClassPath=" + cluster, JAR.toString()));
    words.addAll(List.of("evaluate", "--data", data.toString(), "--weights", weights.toString()));
    words.addAll(List.of("--backbone", "resnet18", "--image-size", "64", "--grid", "8"));
    words.addAll(List.of("--pictures", "1", "--out", out.toString()));
    Command run = Command.run(work, Map.of("SPARK_HOME", home.toString()), words, 10);

    assertThat(run.exitCode()).as("%s%n%s", run.out(), run.err()).isZero();
    assertThat(run.out()).contains("carpet", "bottle", "Results: " + out);
    JsonNode metrics = new ObjectMapper().readTree(out.resolve("metrics.json").toFile());
    assertThat(metrics.get("categories"))
        .extracting(category -> category.get("category").asText())
        .containsExactlyInAnyOrderElementsOf(TinyDataset.CATEGORIES);
    assertThat(metrics.get("categories"))
        .allSatisfy(category -> assertThat(category.get("pixel_auprc").isNumber()).isTrue());
    assertThat(out.resolve("report.html")).content().contains("<style>");
  }

  @Test
  void theJarHidesOrLeavesOutWhatSparkHasInVersionsOfItsOwn() throws IOException {
    try (ZipFile jar = new ZipFile(JAR.toFile())) {
      assertThat(jar.stream().map(ZipEntry::getName))
          .contains(
              "META-INF/services/ai.djl.engine.EngineProvider",
              "io/nightjar/conf/mvtec-ad.conf",
              "io/nightjar/shaded/protobuf/Message.class",
              "io/nightjar/shaded/gson/Gson.class")
          .noneMatch(
              name ->
                  Stream.of(
                          "com/google/gson/",
                          "com/google/protobuf/",
                          "com/fasterxml/",
                          "com/typesafe/",
                          "org/apache/",
                          "org/slf4j/",
                          "scala/")
                      .anyMatch(name::startsWith))
          .noneMatch(name -> name.endsWith("module-info.class") || name.endsWith(".SF"));
    }
  }

  private static String clusterClassPath() throws IOException {
    return Files.readString(Path.of(System.getProperty("nightjar.cluster.classpath"))).strip();
  }
}
