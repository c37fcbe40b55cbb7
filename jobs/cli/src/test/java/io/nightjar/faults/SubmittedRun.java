package io.nightjar.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.testing.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.spark.launcher.JavaModuleOptions;

/** A command line of Nightjar that {@code spark-submit} runs in a process of its own. */
final class SubmittedRun implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 900;

  private final Process process;
  private final Path console;

  private SubmittedRun(Process process, Path console) {
    this.process = process;
    this.console = console;
  }

  /** How Spark runs it on loopback, with executors of one core. */
  static Map<String, String> properties() {
    Map<String, String> properties = new TreeMap<>();
    properties.put("spark.driver.host", "127.0.0.1");
    properties.put("spark.driver.bindAddress", "127.0.0.1");
    properties.put("spark.driver.memory", "1g");
    properties.put("spark.ui.enabled", "false");
    properties.put("spark.cores.max", "2");
    properties.put("spark.executor.cores", "1");
    properties.put("spark.executor.memory", "1g");
    properties.put("spark.locality.wait", "0s");
    // No task starts before every executor is there.
    properties.put("spark.scheduler.minRegisteredResourcesRatio", "1.0");
    properties.put("spark.scheduler.maxRegisteredResourcesWaitingTime", "600s");
    return properties;
  }

  /**
   * Starts it.
   *
   * @param work for what it writes to the console
   * @param environment more variables
   * @param submission arguments of spark-submit before the jar
   * @param properties of Spark
   * @param arguments of Nightjar
   */
  static SubmittedRun start(
      Path work,
      Application application,
      Map<String, String> environment,
      List<String> submission,
      Map<String, String> properties,
      List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(JavaCommand.of(application.classPath()));
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().trim().split("\\s+", -1)));
    command.addAll(List.of("-Xmx1g", "-Dai.djl.offline=true", "-DOPT_OUT_TRACKING=true"));
    command.addAll(List.of("org.apache.spark.deploy.SparkSubmit"));
    command.addAll(List.of("--class", "io.nightjar.cli.Nightjar"));
    command.addAll(submission);
    Map<String, String> all = new TreeMap<>(properties);
    List<String> options = new ArrayList<>(JavaCommand.shortLived(application.classPath()));
    options.addAll(JavaCommand.locale());
    all.putIfAbsent("spark.executor.extraJavaOptions", String.join(" ", options));
    // A worker starts drivers without what Spark needs of Java 17.
    options.add(JavaModuleOptions.defaultModuleOptions().trim());
    all.putIfAbsent("spark.driver.extraJavaOptions", String.join(" ", options));
    all.put("spark.executor.extraClassPath", application.classPath());
    all.put("spark.driver.extraClassPath", application.classPath());
    all.forEach((key, value) -> command.addAll(List.of("--conf", key + "=" + value)));
    command.add(application.jar().toString());
    command.addAll(arguments);
    Path console = Files.createTempFile(work, "console", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(console.toFile());
    builder.environment().putAll(environment);
    return new SubmittedRun(builder.start(), console);
  }

  Process process() {
    return process;
  }

  /** What it wrote so far. */
  String console() {
    try {
      return Files.readString(console);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its exit code, once it has ended. */
  int await() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as(this::console).isTrue();
    return process.exitValue();
  }

  /** Kills it, wherever it is. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
