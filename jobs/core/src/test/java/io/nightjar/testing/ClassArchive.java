package io.nightjar.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The archive of loaded classes (class-data sharing) that {@code deploy/local/archive.sh} makes of
 * the finished jars. Processes that tests start take half the processor time until they compute if
 * they start from it. It is made once for a build, by the first test that wants it.
 *
 * <p>There is none outside of the tests of the finished jar.
 */
public final class ClassArchive {
  private static final String JAR = "nightjar.spark.jar";
  private static final String CLASS_PATH = "nightjar.local.classpath";
  private static final String FILE = "nightjar.class.archive";

  private ClassArchive() {}

  /** What the archive is of: the command's jar and all that it runs with. */
  public static String classPath() {
    return String.join(File.pathSeparator, entries());
  }

  /**
   * The archive, which is made where there is none of these jars yet.
   *
   * @throws IllegalStateException with what was printed, if it could not be made
   */
  public static Path file() {
    Path archive = Path.of(property(FILE) + "-" + key() + ".jsa").toAbsolutePath();
    // One makes it, others wait for it.
    try (FileChannel channel =
            FileChannel.open(
                Path.of(property(FILE) + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (lock.isValid() && !Files.exists(archive)) {
        make(archive);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while classes are archived", e);
    }
    return archive;
  }

  /** The class path with what is archived before all else, as Java wants it. */
  static String ordered(String classPath) {
    List<String> entries = entries();
    List<String> given = Arrays.asList(classPath.split(File.pathSeparator));
    // All but the command's jar: the tests have its classes in a folder.
    if (entries.isEmpty() || !given.containsAll(entries.subList(1, entries.size()))) {
      return classPath;
    }
    Set<String> ordered = new LinkedHashSet<>(entries);
    ordered.addAll(given);
    return String.join(File.pathSeparator, ordered);
  }

  /** The options that start a process of this class path from the archive, if it can. */
  static List<String> options(String classPath) {
    if (entries().isEmpty()
        || !(classPath + File.pathSeparator).startsWith(classPath() + File.pathSeparator)) {
      return List.of();
    }
    return List.of("-XX:SharedArchiveFile=" + file(), "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
  }

  /** Empty where there is no archive. */
  private static List<String> entries() {
    // Spark splits the options of its processes at blanks.
    if (property(FILE).isEmpty() || property(FILE).contains(" ")) {
      return List.of();
    }
    try {
      String own = property(JAR).replaceFirst("-spark[^-]*\\.jar$", ".jar");
      String others = Files.readString(Path.of(property(CLASS_PATH))).strip();
      return List.of((own + File.pathSeparator + others).split(File.pathSeparator));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String property(String name) {
    return System.getProperty(name, "");
  }

  /** Another one for another Java and for other jars, which Java would not take. */
  private static String key() {
    int hash = System.getProperty("java.vm.version").hashCode();
    for (String entry : entries()) {
      File file = new File(entry);
      hash = 31 * (31 * (31 * hash + entry.hashCode()) + Long.hashCode(file.length()));
      hash += Long.hashCode(file.lastModified());
    }
    return Integer.toHexString(hash);
  }

  private static void make(Path archive) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            "bash",
            "-c",
            "set -eu; . \"$0/java.sh\"; . \"$0/archive.sh\"; rm -f \"$1\"-*; "
                + "make_archive \"$2\" \"$3\" env JAVA_TOOL_OPTIONS=\"$4\"",
            Repository.file("deploy/local").toString(),
            property(FILE),
            archive.toString(),
            classPath(),
            String.join(" ", JavaCommand.SHORT_LIVED));
    builder.environment().putAll(Map.of("JAVA_HOME", System.getProperty("java.home")));
    Path log = Path.of(property(FILE) + ".log");
    Process made = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (made.waitFor() != 0 || !Files.exists(archive)) {
      throw new IllegalStateException("No archive of classes was made: " + Files.readString(log));
    }
  }
}
