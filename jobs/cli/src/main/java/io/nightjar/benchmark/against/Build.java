package io.nightjar.benchmark.against;

import io.nightjar.error.InvalidInputException;
import io.nightjar.job.EvaluateDataset;
import io.nightjar.text.Text;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A build of Nightjar that can be started.
 *
 * @param name for a person
 * @param command the words that come before those of a command line
 */
public record Build(String name, List<String> command) {
  /** The system property by which a launcher says where it is. */
  public static final String LAUNCHER = "nightjar.launcher";

  private static final String MAIN = "io.nightjar.cli.Nightjar";

  /** Options of this JVM that are its own affair: another process would write over its files. */
  private static final Pattern OF_ONE_PROCESS =
      Pattern.compile(
          "-(agentlib:|agentpath:|javaagent:|Dnightjar\\.log=|XX:StartFlightRecording"
              + "|XX:SharedArchiveFile|XX:ArchiveClassesAtExit|Xshare|Xlog).*");

  /** Keeps a copy. */
  public Build {
    command = List.copyOf(command);
  }

  /** Two builds that are started alike. */
  public record Pair(Build other, Build own) {}

  /**
   * The build in a file, and this one.
   *
   * @param file a jar, which is run by this process's Java, options and Spark, as this build then
   *     is; or a launcher ({@code deploy/local/nightjar} of another checkout), against that of this
   *     build
   * @throws InvalidInputException if it is neither
   */
  public static Pair against(Path file) {
    if (Files.isRegularFile(file) && file.toString().endsWith(".jar")) {
      return new Pair(
          new Build(file.toString(), java(List.of(file.toAbsolutePath().toString()))),
          new Build("this build", java(locations())));
    }
    if (!Files.isRegularFile(file) || !Files.isExecutable(file)) {
      throw new InvalidInputException(
          Text.format(
              "--against %s is neither a jar of Nightjar nor a launcher that can be executed.",
              file));
    }
    String launcher = System.getProperty(LAUNCHER);
    if (launcher == null) {
      throw new InvalidInputException(
          Text.format(
              "--against %s is a launcher, but this process was not started by one; start it by"
                  + " deploy/local/nightjar, or name a jar.",
              file));
    }
    return new Pair(
        new Build(file.toString(), List.of(file.toAbsolutePath().toString())),
        new Build("this build", List.of(launcher)));
  }

  /** This process's Java and class path, with other classes of Nightjar in front. */
  private static List<String> java(List<String> classes) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> !OF_ONE_PROCESS.matcher(option).matches())
        .forEach(command::add);
    Set<String> own = new LinkedHashSet<>(locations());
    command.add("-cp");
    command.add(
        Stream.concat(
                classes.stream(),
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                    .filter(entry -> !own.contains(Path.of(entry).toAbsolutePath().toString())))
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(MAIN);
    return command;
  }

  /** Where this process has Nightjar's classes from: a jar or two, or folders. */
  private static List<String> locations() {
    Set<String> found = new LinkedHashSet<>();
    for (Class<?> type : List.of(Build.class, EvaluateDataset.class, Text.class)) {
      CodeSource source = type.getProtectionDomain().getCodeSource();
      try {
        found.add(Path.of(source.getLocation().toURI()).toAbsolutePath().toString());
      } catch (URISyntaxException e) {
        throw new IllegalStateException(source.getLocation() + " is no location", e);
      }
    }
    return List.copyOf(found);
  }
}
