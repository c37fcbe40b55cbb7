package io.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.nightjar.testing.Repository;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The documents that commands write are those that {@code docs/schemas} describes. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SchemasTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Path work;
  private Path data;
  private Path weights;

  @BeforeAll
  void runEverything(@TempDir Path directory) throws IOException {
    work = directory;
    data = TinyDataset.generate(directory.resolve("data"));
    weights = TinyDataset.writeWeights(directory.resolve("resnet18.safetensors"));
    String banks = directory.resolve("banks").toString();
    String runs = directory.resolve("runs").toString();
    String images = data.resolve("bottle/test").toString();
    withNetwork("evaluate", "--data", data.toString(), "--out", out("evaluated"));
    // What is computed already is taken: it is the documents that count here.
    withNetwork(
        "evaluate",
        "--data",
        data.toString(),
        "--out",
        out("ivf"),
        "--reuse",
        out("evaluated"),
        "--search",
        "ivf");
    Path unmasked = TinyDataset.generate(directory.resolve("unmasked-data"));
    FileUtils.deleteDirectory(unmasked.resolve("carpet/ground_truth").toFile());
    withNetwork("evaluate", "--data", unmasked.toString(), "--out", out("unmasked"));
    withNetwork(
        "build-bank",
        "--data",
        data.toString(),
        "--category",
        "bottle",
        "--bank",
        banks,
        "--coreset",
        "0.5");
    for (String run : List.of("1", "2")) {
      withNetwork(
          "score", "--bank", banks + "/bottle", "--data", images, "--out", out("runs/" + run));
    }
    String whole = directory.resolve("whole").toString();
    withNetwork("build-bank", "--data", data.toString(), "--bank", whole, "--category", "bottle");
    withNetwork(
        decided("score", "--bank", whole + "/bottle", "--data", images, "--out", out("decided")));
    withNetwork(
        decided(
            "evaluate",
            "--bank",
            whole,
            "--data",
            data.toString(),
            "--category",
            "bottle",
            "--reuse",
            out("evaluated"),
            "--out",
            out("decided-on-labels")));
    run(
        "watch",
        "--bank",
        whole + "/bottle",
        "--data",
        images,
        "--out",
        out("watched"),
        "--once",
        "--false-alarm-rate",
        "0.5");
    run(
        "suggest",
        "--bank",
        whole + "/bottle",
        "--runs",
        out("decided"),
        "--budget",
        "2",
        "--guard",
        "100",
        "--out",
        out("suggested"));
    run("compare", out("evaluated"), out("ivf"), out("evaluated"), "--out", out("compared"));
    run("drift", "--bank", banks, "--runs", runs, "--baseline", runs + "/1", "--out", out("drift"));
    Path grid =
        Files.writeString(
            directory.resolve("grid.conf"),
            "nightjar { backbone = resnet18, image-size = 64, grid = 8, smoothing = [0, 4] }");
    run(
        "sweep",
        "--config",
        grid.toString(),
        "--data",
        data.toString(),
        "--weights",
        weights.toString(),
        "--reuse",
        out("evaluated"),
        "--out",
        out("swept"));
    Path members =
        Files.writeString(directory.resolve("members.conf"), "nightjar { variance = [0.95, 0.8] }");
    withNetwork(
        "evaluate",
        "--ensemble",
        members.toString(),
        "--data",
        data.toString(),
        "--category",
        "bottle",
        "--reuse",
        out("evaluated"),
        "--out",
        out("averaged"));
    withNetwork("doctor", "--input", images, "--uri", runs, "--out", out("examined"));
  }

  private static String[] decided(String... command) {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(
        List.of(
            "--false-alarm-rate",
            "0.5",
            "--false-discovery-rate",
            "0.5",
            "--pixel-false-positive-rate",
            "0.5"));
    return words.toArray(String[]::new);
  }

  @ParameterizedTest
  @CsvSource({
    "metrics, evaluated/metrics.json",
    "metrics, ivf/metrics.json",
    "metrics, unmasked/metrics.json",
    "metrics, decided-on-labels/metrics.json",
    "score, decided/score.json",
    "run, decided/run.json",
    "run, evaluated/run.json",
    "run, averaged/run.json",
    "metrics, averaged/metrics.json",
    "run, runs/1/run.json",
    "score, runs/1/score.json",
    "bank, banks/bottle/bank.json",
    "bank, banks/bottle/versions/1.json",
    "compare, compared/compare.json",
    "sweep, swept/sweep.json",
    "watch, watched/watch.json",
    "status, evaluated/status.json",
    "status, runs/1/status.json",
    "drift, drift/drift.json",
    "suggest, suggested/suggest.json",
    "doctor, examined/doctor.json"
  })
  void describesWhatCommandsWrite(String schema, String file) throws IOException {
    JsonNode document = MAPPER.readTree(work.resolve(file).toFile());

    assertThat(document.fieldNames().next()).isEqualTo("format_version");
    assertThat(validate(schema(schema), document)).isEmpty();
    assertThat(validate(closed(schema(schema)), document)).as("fields not described").isEmpty();
  }

  @Test
  void aWatchThatDecidesNothingDoesNotCountWhatIsAnomalous() throws IOException {
    JsonNode document = MAPPER.readTree(work.resolve("watched/watch.json").toFile());
    assertThat(((ObjectNode) document).remove("anomalous")).isNotNull();
    assertThat(((ObjectNode) document.get("recent")).remove("anomalous")).isNotNull();

    assertThat(validate(schema("watch"), document)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "metrics, evaluated/metrics.json, /categories/0, pixel_auprc, 1.5",
    "metrics, evaluated/metrics.json, /categories/0, seconds, null",
    "metrics, unmasked/metrics.json, /mean_without, pixel_auprc, []",
    "metrics, ivf/metrics.json, /categories/0/search, method, \"exact\"",
    "run, evaluated/run.json, /data, sha256_by_category, 1",
    "score, runs/1/score.json, /categories/0/basis, manifest_sha256, \"abc\"",
    "bank, banks/bottle/bank.json, /images/0, rows, \"4\"",
    "compare, compared/compare.json, /comparisons/0/categories/0, verdict, \"good\"",
    "compare, compared/compare.json, /comparisons/0/categories/0/figures/image_auroc, decides, 1",
    "sweep, swept/sweep.json, /configurations/1/with_plain, verdict, \"good\"",
    "sweep, swept/sweep.json, /configurations/0, wins, -1",
    "watch, watched/watch.json, /files, scored, -1",
    "watch, watched/watch.json, /recent/drift, ks_p_value, 2",
    "status, evaluated/status.json, '', state, \"solid\"",
    "status, evaluated/status.json, '', exit_code, 256",
    "drift, drift/drift.json, /categories/0/runs/0, drifted, 0",
    "drift, drift/drift.json, '', format_version, 0",
    "doctor, examined/doctor.json, '', document, \"something\"",
    "doctor, examined/doctor.json, /sections/0/findings/0, verdict, \"problem\"",
    "doctor, examined/doctor.json, /sections/0/findings/0, figures, []"
  })
  void refusesAnotherDocument(String schema, String file, String where, String field, String value)
      throws IOException {
    JsonNode document = MAPPER.readTree(work.resolve(file).toFile());
    ObjectNode object = (ObjectNode) document.at(where);
    assertThat(object.has(field)).isTrue();

    object.set(field, MAPPER.readTree(value));

    assertThat(validate(schema(schema), document)).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "metrics, evaluated/metrics.json",
    "run, runs/1/run.json",
    "score, runs/1/score.json",
    "bank, banks/bottle/bank.json",
    "compare, compared/compare.json",
    "sweep, swept/sweep.json",
    "status, evaluated/status.json",
    "drift, drift/drift.json",
    "suggest, suggested/suggest.json",
    "doctor, examined/doctor.json"
  })
  void requiresWhatEveryDocumentHas(String schema, String file) throws IOException {
    JsonNode described = schema(schema);
    ObjectNode document = (ObjectNode) MAPPER.readTree(work.resolve(file).toFile());
    for (JsonNode name : described.get("required")) {
      ObjectNode without = document.deepCopy();
      assertThat(without.remove(name.asText())).as(name.asText()).isNotNull();

      assertThat(validate(described, without)).as(name.asText()).isNotEmpty();
    }
  }

  @Test
  void leavesRoomForFieldsOfLaterPrograms() throws IOException {
    ObjectNode document = (ObjectNode) MAPPER.readTree(work.resolve("drift/drift.json").toFile());
    ((ObjectNode) document.at("/categories/0/runs/0/largest")).put("more", 1);

    assertThat(validate(schema("drift"), document)).isEmpty();
    assertThat(validate(closed(schema("drift")), document)).hasSize(1);
  }

  @Test
  void describesEveryField() throws IOException {
    for (String name :
        List.of(
            "metrics", "run", "score", "bank", "suggest", "drift", "compare", "sweep", "status",
            "doctor")) {
      for (JsonNode properties : schema(name).findValues("properties")) {
        for (JsonNode property : properties) {
          assertThat(property.has("description") || property.has("$ref"))
              .as("%s: %s", name, property)
              .isTrue();
        }
      }
    }
  }

  private String out(String name) {
    return work.resolve(name).toString();
  }

  private void withNetwork(String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--weights", weights.toString(), "--backbone", "resnet18"));
    line.addAll(List.of("--image-size", "64", "--grid", "8"));
    run(line.toArray(String[]::new));
  }

  private static void run(String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--master", "local[2]"));
    Sparks.stop(); // of another test, in which --master would be refused
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        Nightjar.run(line.toArray(String[]::new), new PrintWriter(out), new PrintWriter(err));
    assertThat(exitCode).as(err.toString() + out).isZero();
  }

  private static JsonNode schema(String name) throws IOException {
    return MAPPER.readTree(
        Files.readString(Repository.file("docs/schemas/" + name + ".schema.json")));
  }

  private static Set<ValidationMessage> validate(JsonNode schema, JsonNode document) {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(schema)
        .validate(document);
  }

  /** The schema with no room for fields that it does not describe. */
  private static JsonNode closed(JsonNode schema) {
    if (schema instanceof ObjectNode object) {
      if (object.path("properties").isObject() && object.path("type").asText().equals("object")) {
        object.putIfAbsent("additionalProperties", MAPPER.getNodeFactory().booleanNode(false));
      }
      object.elements().forEachRemaining(SchemasTest::closed);
    } else if (schema instanceof ArrayNode array) {
      array.forEach(SchemasTest::closed);
    }
    return schema;
  }
}
