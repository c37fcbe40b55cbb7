package io.nightjar.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of the Java processes that tests start. */
public final class JavaCommand {
  /**
   * For processes that live for seconds: code is compiled at once and lightly, and one thread
   * collects the garbage, which it does not do for the classes that are loaded.
   */
  public static final List<String> SHORT_LIVED =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:MetaspaceSize=256m");

  private JavaCommand() {}

  /** This process's Java, for a short-lived process under this process's locale. */
  public static List<String> of(String classPath) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(shortLived(classPath));
    command.addAll(locale());
    command.addAll(List.of("-cp", classPath));
    return command;
  }

  /** {@link #SHORT_LIVED}, and an archive of loaded classes where the build has one. */
  public static List<String> shortLived(String classPath) {
    List<String> options = new ArrayList<>(SHORT_LIVED);
    options.addAll(ClassArchive.options(classPath));
    return options;
  }

  /** The options that give another process this process's locale. */
  public static List<String> locale() {
    return List.of(
        "-Duser.language=" + System.getProperty("user.language"),
        "-Duser.country=" + System.getProperty("user.country", ""));
  }
}
