package io.nightjar.benchmarks.support;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs a class of this class path in a JVM of its own, with a heap of its own. */
public final class ChildJvm {
  private ChildJvm() {}

  /**
   * Runs a program to its end; what it prints goes to this process's output.
   *
   * @param options of the JVM, in addition to this one's module, log and Nightjar options
   * @param environment variables in addition to this process's
   * @return its exit status
   */
  public static int run(
      Class<?> program, List<String> options, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.matches("(--add-opens|-Dlog4j2\\.|-Dnightjar\\.).*"))
        .forEach(command::add);
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), program.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getInputStream().transferTo(System.out);
    return process.waitFor();
  }

  /** This process's; a test's is in a property of its runner. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
