package io.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.json.JsonDocument;
import io.nightjar.testing.ClassPaths;
import io.nightjar.testing.Repository;
import io.nightjar.testing.S3Server;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Examinations of what works and of what does not. */
@Tag("slow")
class DoctorCommandTest extends CommandLineFixture {

  @Test
  void whatWorksIsMeasured() throws IOException {
    Path out = work.resolve("examined");
    Path runs = Files.createDirectories(work.resolve("runs"));
    Ended ended =
        doctor(
            "--weights",
            weights.toString(),
            "--backbone",
            "resnet18",
            "--image-size",
            "64",
            "--grid",
            "8",
            "--input",
            data.toString(),
            "--uri",
            runs.toString(),
            "--out",
            out.toString());

    assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
    assertThat(ended.out())
        .contains("\nversions\n", "\nnetwork\n", "0 problems, ", "All findings: ");
    JsonDocument document = JsonDocument.parse(Files.readString(out.resolve("doctor.json")));
    Map<String, JsonDocument> network = findings(document, "network");
    assertThat(network).containsOnlyKeys("weights", "backbone on cpu");
    assertThat(
            network
                .get("backbone on cpu")
                .child("figures")
                .number("all_threads_images_per_second")
                .getAsDouble())
        .isPositive();
    assertThat(findings(document, "storage " + runs)).containsKeys("exclusive creation", "delete");
    assertThat(findings(document, "input " + data))
        .containsKeys("reach", "list")
        .doesNotContainKey("write");
    assertThat(runs).isEmptyDirectory();
  }

  @Test
  void whatDoesNotWorkIsFoundAndTheRestIsStillReported() throws IOException {
    Path out = work.resolve("broken.json");
    Path wrong = Files.writeString(work.resolve("wrong.safetensors"), "no weights");
    Path runs = Files.createDirectories(work.resolve("broken-runs"));
    Ended ended =
        run(
            List.of(
                "doctor",
                "--master",
                "no-such-cluster",
                "--weights",
                wrong.toString(),
                "--uri",
                "unknown://user:secret@host/a",
                "--uri",
                runs.toString(),
                "--input",
                work.resolve("absent").toString(),
                "--out",
                out.toString()));

    assertThat(ended.exitCode()).as(ended.out() + ended.err()).isEqualTo(3);
    String json = Files.readString(out);
    JsonDocument document = JsonDocument.parse(json);
    assertThat(verdict(document, "spark", "start")).isEqualTo("problem");
    assertThat(verdict(document, "network", "weights")).isEqualTo("problem");
    assertThat(verdict(document, "storage unknown://host/a", "reach")).isEqualTo("problem");
    assertThat(verdict(document, "input " + work.resolve("absent"), "reach")).isEqualTo("problem");
    assertThat(verdict(document, "storage " + runs, "delete")).isEqualTo("ok");
    assertThat(verdict(document, "linear algebra", "products")).isIn("ok", "note");
    assertThat(document.number("problems")).hasValue(4);
    assertThat(ended.out()).contains("4 problems, ");
    assertThat(json + ended.out() + ended.err()).doesNotContain("secret");
  }

  @Test
  void findingsThatCannotBeWrittenAreReportedAndOutweighNoProblem() throws IOException {
    Path file = Files.writeString(work.resolve("a-file"), "no folder");
    Path out = file.resolve("findings.json");
    Ended ended = run(List.of("doctor", "--master", "no-such-cluster", "--out", out.toString()));

    assertThat(ended.exitCode()).as(ended.out() + ended.err()).isEqualTo(3);
    assertThat(ended.err())
        .contains("the findings could not be written to " + out + ": ", "The findings are above.");
  }

  /** In a process that finds no native libraries of OpenBLAS. */
  @Test
  void aLibraryThatDoesNotLoadIsAFinding() throws Exception {
    Path out = work.resolve("without.json");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> !flag.startsWith("-Dnightjar.linalg"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-Dlog4j2.configurationFile=" + Repository.file("conf/log4j2.properties"),
            "-Dnightjar.log=" + work.resolve("doctor.log"),
            "-cp",
            ClassPaths.withoutNatives(),
            Nightjar.class.getName(),
            "doctor",
            "--master",
            "local[1]",
            "--out",
            out.toString()));
    Path console = work.resolve("console");

    int exitCode =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(console.toFile())
            .start()
            .waitFor();

    assertThat(exitCode).as(Files.readString(console)).isZero();
    JsonDocument document = JsonDocument.parse(Files.readString(out));
    assertThat(verdict(document, "native libraries", "OpenBLAS")).isEqualTo("note");
    assertThat(
            findings(document, "linear algebra").get("products").child("figures").text("library"))
        .isEqualTo("Java");
    assertThat(verdict(document, "network", "backbone")).isEqualTo("note");
  }

  @Test
  void anObjectStoreIsProbedWithTheKeysOfSpark() throws IOException {
    try (S3Server s3 = S3Server.start(work.resolve("s3"))) {
      List<String> line = new ArrayList<>(List.of("doctor", "--master", "local[1]"));
      s3.hadoopProperties()
          .forEach(
              (name, value) ->
                  line.addAll(List.of("--conf", "spark.hadoop." + name + "=" + value)));
      line.addAll(List.of("--uri", s3.uri("runs"), "--out", s3.uri("examined")));

      Ended ended = run(line);

      assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
      assertThat(ended.out()).contains("exclusive creation", s3.uri("examined/doctor.json"));
      try (var files = Files.walk(work.resolve("s3/buckets"))) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .contains("doctor.json")
            .noneMatch(name -> name.startsWith(".nightjar-doctor-"));
      }
    }
  }

  @Test
  void whatIsNoExaminationIsNotReplaced() throws IOException {
    Path file = Files.writeString(work.resolve("mine.json"), "{\"a\": 1}");

    Ended ended = doctor("--out", file.toString());

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("was not written by doctor");
    assertThat(ended.out()).as("it is refused before anything is examined").isEmpty();
    assertThat(file).hasContent("{\"a\": 1}");
  }

  @Test
  void whatItCannotObeyIsRefused() {
    assertRefused(doctor("--timeout", "soon"), "--timeout has \"soon\"");
    assertRefused(doctor("--timeout", "0s"), "--timeout is 0");
    assertRefused(doctor("--out", ""), "is no location");
    assertRefused(doctor("--grid", "8"), "The option --grid is about the network");
  }

  private static Ended doctor(String... arguments) {
    List<String> line = new ArrayList<>(List.of("doctor", "--master", "local[2]"));
    line.addAll(List.of(arguments));
    return run(line);
  }

  private static String verdict(JsonDocument document, String section, String subject) {
    return findings(document, section).get(subject).text("verdict");
  }

  private static Map<String, JsonDocument> findings(JsonDocument document, String section) {
    Map<String, JsonDocument> findings = new TreeMap<>();
    document.children("sections").stream()
        .filter(one -> one.text("name").equals(section))
        .flatMap(one -> one.children("findings").stream())
        .forEach(finding -> findings.put(finding.text("subject"), finding));
    assertThat(findings).as("findings of %s", section).isNotEmpty();
    return findings;
  }
}
