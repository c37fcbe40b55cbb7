package io.nightjar.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The software bill of materials of the jar for {@code spark-submit}, which {@code mvn
 * -Pdependencies verify} writes.
 */
@Tag("dependencies")
class BillOfMaterialsIT {
  private static final Path JAR = Path.of(System.getProperty("nightjar.spark.jar"));
  private static final Path BILL = Path.of(System.getProperty("nightjar.spark.sbom"));

  private static JsonNode bill;

  @BeforeAll
  static void readBill() throws IOException {
    bill = new ObjectMapper().readTree(BILL.toFile());
  }

  @Test
  void whatIsFoundInTheJarIsNamedWithItsVersion() throws IOException {
    TreeMap<String, String> named = new TreeMap<>();
    for (JsonNode component : bill.path("components")) {
      named.put(component.path("name").asText(), component.path("version").asText());
    }

    try (ZipFile jar = new ZipFile(JAR.toFile())) {
      assertThat(named)
          .containsAllEntriesOf(BundledArtifacts.of(jar))
          .containsKeys("picocli", "onnxruntime", "protobuf-java", "dnnl", "openblas", "gkl");
    }
  }

  @Test
  void itNamesWhatTheJarListsAndNothingElse() throws IOException {
    Set<String> named = new TreeSet<>();
    for (JsonNode component : bill.path("components")) {
      named.add(
          String.join(
              ":",
              component.path("group").asText(),
              component.path("name").asText(),
              component.path("version").asText()));
    }

    assertThat(named).isEqualTo(listed());
  }

  @Test
  void eachComponentHasAPackageUrlALicenceAndAChecksum() {
    assertThat(bill.path("components"))
        .isNotEmpty()
        .allSatisfy(
            component -> {
              assertThat(component.path("purl").asText()).startsWith("pkg:maven/");
              assertThat(component.path("licenses")).as("%s", component).isNotEmpty();
              assertThat(component.path("hashes"))
                  .as("%s", component)
                  .anySatisfy(hash -> assertThat(hash.path("alg").asText()).isEqualTo("SHA-256"));
            });
  }

  /** Group, artifact and version of each line of the list in the jar. */
  private static Set<String> listed() throws IOException {
    try (ZipFile jar = new ZipFile(JAR.toFile())) {
      String text =
          new String(
              jar.getInputStream(jar.getEntry("META-INF/THIRD-PARTY.txt")).readAllBytes(),
              StandardCharsets.UTF_8);
      return Pattern.compile("\\(([\\w.-]+:[\\w.-]+:[\\w.-]+) - ")
          .matcher(text)
          .results()
          .map(found -> found.group(1))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
