package io.nightjar.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The licences and notices that the jar for {@code spark-submit} has to carry. */
@Tag("slow")
class LicencesIT {
  private static final Path JAR = Path.of(System.getProperty("nightjar.spark.jar"));

  /** {@code .../artifact/version/artifact-version[-classifier].jar} of a local repository. */
  private static final Pattern REPOSITORY_JAR =
      Pattern.compile(".*/([^/]+)/([^/]+)/\\1-\\2(-[^/]+)?\\.jar");

  @Test
  void everyBundledArtifactIsListedWithItsVersionAndALicence() throws IOException {
    try (ZipFile jar = new ZipFile(JAR.toFile())) {
      List<String> listed = text(jar, "META-INF/THIRD-PARTY.txt").lines().toList();

      Map<String, String> bundled = bundled(jar);
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

  /** Versions by artifact, of this class path's jars whose classes or natives are in the jar. */
  private static Map<String, String> bundled(ZipFile jar) throws IOException {
    Map<String, Long> checksums =
        jar.stream().collect(Collectors.toMap(ZipEntry::getName, ZipEntry::getCrc, (a, b) -> a));
    Map<String, String> bundled = new TreeMap<>();
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Matcher parts = REPOSITORY_JAR.matcher(path);
      if (parts.matches() && isBundled(path, checksums)) {
        bundled.put(parts.group(1), parts.group(2));
      }
    }
    return bundled;
  }

  /**
   * Whether much of a library is in the jar, unchanged or moved; the build leaves parts of some
   * out.
   */
  private static boolean isBundled(String path, Map<String, Long> checksums) throws IOException {
    try (ZipFile library = new ZipFile(path)) {
      List<ZipEntry> entries = new ArrayList<>(library.stream().toList());
      entries.removeIf(entry -> !entry.getName().matches(".*\\.(class|so)(\\.\\d+)*"));
      entries.removeIf(entry -> entry.getName().startsWith("META-INF/"));
      long there =
          entries.stream()
              .filter(
                  entry ->
                      checksums.containsKey(moved(entry.getName()))
                          || Long.valueOf(entry.getCrc()).equals(checksums.get(entry.getName())))
              .count();
      return there > entries.size() / 4;
    }
  }

  /** Where the build moves a class; a name that no entry has where it stays. */
  private static String moved(String name) {
    return name.matches("com/google/(protobuf|gson)/.*|com/typesafe/config/.*")
        ? name.replaceFirst("com/(google|typesafe)/", "io/nightjar/shaded/")
        : "none";
  }

  private static String text(ZipFile jar, String name) throws IOException {
    ZipEntry entry = jar.getEntry(name);
    assertThat(entry).as(name).isNotNull();
    return new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
  }
}
