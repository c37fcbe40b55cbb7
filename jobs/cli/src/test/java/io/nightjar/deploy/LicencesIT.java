package io.nightjar.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The licences and notices that the jar for {@code spark-submit} has to carry. */
@Tag("slow")
class LicencesIT {
  private static final Path JAR = Path.of(System.getProperty("nightjar.spark.jar"));

  @Test
  void everyBundledArtifactIsListedWithItsVersionAndALicence() throws IOException {
    try (ZipFile jar = new ZipFile(JAR.toFile())) {
      List<String> listed = text(jar, "META-INF/THIRD-PARTY.txt").lines().toList();

      Map<String, String> bundled = BundledArtifacts.of(jar);
      assertThat(bundled)
          .containsKeys(
              "picocli", "onnxruntime", "gson", "protobuf-java", "dnnl", "openblas", "gkl");
      bundled.forEach(
          (artifact, version) ->
              assertThat(listed)
                  .as("%s %s", artifact, version)
                  .anyMatch(
                      line ->
                          line.matches(
                              "\\s*\\(.+\\).*:"
                                  + Pattern.quote(artifact + ":" + version)
                                  + "\\b.*")));
    }
  }

  @Test
  void theNoticeNamesEveryNativeLibraryAndItsTextsAreThere() throws IOException {
    try (ZipFile jar = new ZipFile(JAR.toFile())) {
      String notice = text(jar, "META-INF/NOTICE");

      List<String> natives =
          jar.stream()
              .map(ZipEntry::getName)
              .filter(name -> name.matches(".*\\.(so|dll|dylib|jnilib)(\\.\\d+)*"))
              .map(name -> name.replaceAll(".*/(lib)?|\\.(so|dll|dylib|jnilib).*", ""))
              .distinct()
              .toList();
      assertThat(natives).contains("openblas", "dnnl", "onnxruntime", "jnidispatch", "quadmath");
      assertThat(natives)
          .allSatisfy(library -> assertThat(notice).containsPattern("lib" + stem(library) + "\\b"));
      List<String> texts =
          Pattern.compile("[\\w./-]+\\.txt|[\\w-]+-jar/[\\w./-]+")
              .matcher(notice)
              .results()
              .map(found -> found.group())
              .filter(name -> !name.startsWith("META-INF/"))
              .toList();
      assertThat(texts)
          .contains("openblas.txt", "jna-jar/META-INF/AL2.0", "LGPL-2.1.txt")
          .allSatisfy(name -> assertThat(text(jar, "META-INF/licenses/" + name)).isNotBlank());
    }
  }

  @Test
  void theProjectsOwnLicenceIsTheOnlyOneAtItsPlace() throws IOException {
    try (ZipFile jar = new ZipFile(JAR.toFile())) {
      assertThat(text(jar, "META-INF/LICENSE")).contains("Apache License", "Version 2.0");
      assertThat(jar.stream().map(ZipEntry::getName))
          .doesNotContain("LICENSE", "NOTICE", "ThirdPartyNotices.txt", "META-INF/AL2.0");
    }
  }

  /** Presets have libraries of several names, such as openblas_nolapack. */
  private static String stem(String library) {
    return Pattern.quote(library.replaceFirst("_(nolapack|cuda|shared|tensorrt)$", ""));
  }

  private static String text(ZipFile jar, String name) throws IOException {
    ZipEntry entry = jar.getEntry(name);
    assertThat(entry).as(name).isNotNull();
    return new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
  }
}
