package io.nightjar.deploy;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The artifacts whose content the jar for {@code spark-submit} has, by what is in the jar. */
final class BundledArtifacts {
  /** {@code .../artifact/version/artifact-version[-classifier].jar} of a local repository. */
  private static final Pattern REPOSITORY_JAR =
      Pattern.compile(".*/([^/]+)/([^/]+)/\\1-\\2(-[^/]+)?\\.jar");

  private BundledArtifacts() {}

  /** Versions by artifact, of this class path's jars whose classes or natives are in the jar. */
  static Map<String, String> of(ZipFile jar) throws IOException {
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
}
