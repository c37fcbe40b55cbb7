package io.nightjar.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nightjar.testing.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The images and jars that the schedules below {@code deploy/} name are those that the project
 * builds, of its versions; what is called within an image is there.
 */
class DeployedImagesTest {
  private static final String DOCKERFILE = "kubernetes/Dockerfile";

  /** Of the line of Spark that is built by default. */
  private final String spark = pom("spark.version");

  private final String scala = pom("scala.binary.version");
  private final String version = own();

  private static String pom(String property) {
    return found("<" + Pattern.quote(property) + ">([^<]+)</", pomText()).iterator().next();
  }

  /** The version that the next release has: the first of the POM, which is the project's own. */
  private static String own() {
    return found("<version>([^<]+)</version>", pomText()).stream()
        .map(text -> text.replace("-SNAPSHOT", ""))
        .findFirst()
        .orElseThrow();
  }

  private static String pomText() {
    try {
      return Files.readString(Repository.file("pom.xml"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult result) -> result.group(1))
        .toList();
  }

  /** The names of all images in a document: fields "image", and Spark's property in words. */
  private static List<String> images(JsonNode node) {
    List<String> images = new ArrayList<>();
    node.findValues("image").forEach(image -> images.add(image.asText()));
    images.addAll(found("spark\\.kubernetes\\.container\\.image=(\\S+)", node.toString()));
    return images;
  }

  @ParameterizedTest
  @ValueSource(strings = {"cronjob.yaml", "scheduled.yaml"})
  void everyImageIsOneThatTheDockerfileSaysHowToBuild(String file) throws IOException {
    String dockerfile = DeployedFiles.text(DOCKERFILE);
    List<String> built = found("(?m)^#.* -t (\\S+)", dockerfile);
    List<String> named = new ArrayList<>();
    for (JsonNode document : DeployedFiles.documents("kubernetes/" + file)) {
      named.addAll(images(document));
    }

    assertThat(named).isNotEmpty();
    assertThat(built).containsAll(named).allMatch(tag -> tag.contains(":" + version));
    assertThat(found("(?m)^FROM .* AS (\\S+)$", dockerfile))
        .containsAll(found("--target (\\w+)", dockerfile + text("README.md")));
  }

  private static String text(String file) {
    return DeployedFiles.text("kubernetes/" + file);
  }

  @Test
  void theImageIsBuiltOfTheVersionsOfTheBuild() {
    String dockerfile = DeployedFiles.text(DOCKERFILE);
    String java = pom("java.version");

    assertThat(dockerfile)
        .contains(
            "ARG SPARK=spark:" + spark + "-scala" + scala + "-java" + java + "-ubuntu\n",
            "org.apache.hadoop:hadoop-aws:" + pom("hadoop.version") + " ",
            "com.amazonaws:aws-java-sdk-bundle:" + pom("aws.sdk.version") + " ",
            "jobs/cli/target/nightjar-*-" + classifier() + ".jar ",
            "openjdk-" + java + "-jre-headless");
    assertThat(found("eclipse-temurin-(\\d+)", dockerfile)).containsExactly(java);
    assertThat(text("scheduled.yaml")).contains("\n    sparkVersion: " + spark + "\n");
  }

  private String classifier() {
    return "spark" + pom("spark.line") + "_" + scala;
  }

  @Test
  void driverAndExecutorsDoNotRunAsRoot() {
    List<String> stages =
        List.of(DeployedFiles.text(DOCKERFILE).split("(?m)^FROM ", -1)).stream()
            .filter(stage -> stage.lines().findFirst().orElse("").matches(".* AS (cpu|gpu)"))
            .toList();

    assertThat(stages).hasSize(2);
    assertThat(stages)
        .allSatisfy(
            stage -> {
              List<String> users = found("(?m)^USER (\\S+)$", stage);
              assertThat(users.get(users.size() - 1)).isEqualTo("spark");
            });
    // The image of Spark has this number for its user; Kubernetes checks numbers alone.
    assertThat(DeployedFiles.text(DOCKERFILE)).contains("--uid=185 ");
    assertThat(found("runAsUser: (\\S+)", text("cronjob.yaml"))).isNotEmpty().containsOnly("185");
  }

  /** Below /opt/nightjar an image has what the Dockerfile copies there. */
  @Test
  void everyPathWithinTheImageIsThere() {
    List<String> copied =
        found("(?m)^COPY .* (/opt/nightjar/\\S+)$", DeployedFiles.text(DOCKERFILE));
    Set<String> named =
        new TreeSet<>(
            found("(/opt/nightjar/[\\w./-]*\\w)", text("cronjob.yaml") + text("scheduled.yaml")));

    assertThat(named).isNotEmpty();
    assertThat(copied).containsAll(named);
  }

  @Test
  void everyJarHasTheNameThatTheBuildGivesIt() throws IOException {
    Set<String> jars = new TreeSet<>();
    for (String folder : List.of("databricks", "emr", "airflow")) {
      for (String file : DeployedFiles.in(folder)) {
        jars.addAll(found("/(nightjar-[^/\\s\"`]*\\.jar)", DeployedFiles.text(file)));
      }
    }

    assertThat(jars)
        .containsExactlyInAnyOrderElementsOf(
            Set.of(version, "*").stream()
                .map(any -> "nightjar-" + any + "-" + classifier() + ".jar")
                .collect(Collectors.toSet()));
  }
}
