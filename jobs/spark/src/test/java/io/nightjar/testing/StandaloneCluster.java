package io.nightjar.testing;

import io.nightjar.job.run.BuildInfo;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * Spark's standalone cluster as it runs on machines: a master and workers, each a process of its
 * own on loopback. Workers offer two cores and restart nothing by themselves; any of its processes
 * may be killed.
 */
public final class StandaloneCluster implements AutoCloseable {
  private static final String EXECUTOR = "CoarseGrainedExecutorBackend";
  private static final String DRIVER = "DriverWrapper";
  private static final long PATIENCE_SECONDS = 300;
  private static final long POLL_MILLIS = 100;

  private final Path folder;
  private final String classPath;
  private final int port;
  private final List<Process> workers = new ArrayList<>();
  private final Process master;

  private StandaloneCluster(Path folder, String classPath) throws IOException {
    this.folder = folder;
    this.classPath = classPath;
    this.port = freePort();
    // Spark takes a folder with jars for its installation; the classes come from the class path.
    Files.createDirectories(home().resolve("jars"));
    Files.createDirectories(folder.resolve("local"));
    Files.write(
        logging(),
        List.of(
            "appender.console.type = Console",
            "appender.console.name = console",
            "rootLogger.level = info",
            "rootLogger.appenderRef.console.ref = console"));
    master =
        start(
            "master",
            List.of(
                "org.apache.spark.deploy.master.Master",
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--webui-port",
                "0"));
  }

  /**
   * Starts a cluster whose workers are all there when it returns.
   *
   * @param folder for its files
   * @param classPath of Spark, for master and workers
   */
  public static StandaloneCluster start(Path folder, String classPath, int workers)
      throws IOException, InterruptedException {
    StandaloneCluster cluster = new StandaloneCluster(folder, classPath);
    try {
      for (int i = 0; i < workers; i++) {
        cluster.startWorker();
      }
      cluster.awaitWorkers();
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** Starts one more worker, in place of one that a test ended, and waits for it. */
  public void addWorker() throws IOException, InterruptedException {
    startWorker();
    awaitWorkers();
  }

  private void startWorker() throws IOException {
    String name = "worker-" + workers.size();
    workers.add(
        start(
            name,
            List.of(
                "org.apache.spark.deploy.worker.Worker",
                "--host",
                // Each its own: Spark starts the copy of a slow task on another host alone.
                "127.0.0." + (workers.size() + 2),
                "--webui-port",
                "0",
                "--cores",
                "2",
                "--memory",
                "4g",
                "--work-dir",
                Files.createDirectories(folder.resolve(name)).toString(),
                master())));
  }

  /** Its address, such as {@code spark://127.0.0.1:7077}. */
  public String master() {
    return "spark://127.0.0.1:" + port;
  }

  /** A folder that Spark takes for its installation. */
  public Path home() {
    return folder.resolve("spark");
  }

  private Path logging() {
    return folder.resolve("log4j2.properties");
  }

  /** Where driver and executors keep their blocks. */
  public Path local() {
    return folder.resolve("local");
  }

  /** The executors that run, by their process. */
  public List<ProcessHandle> executors() {
    return running(EXECUTOR);
  }

  /** The drivers that run in the cluster, by their process. */
  public List<ProcessHandle> drivers() {
    return running(DRIVER);
  }

  private List<ProcessHandle> running(String mainClass) {
    return workers.stream()
        .flatMap(Process::descendants)
        .filter(ProcessHandle::isAlive)
        .filter(process -> commandLine(process.pid()).contains(mainClass))
        .toList();
  }

  /** How often a driver was started in the cluster, whatever became of it. */
  public int driversStarted() {
    return count(Pattern.compile("Launch Command: "), logs(".*/driver-[^/]+/stderr"));
  }

  /** The executor that a process is; an error where it is none of this cluster's. */
  public ProcessHandle executor(long pid) {
    return executors().stream()
        .filter(process -> process.pid() == pid)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    Text.format("Process %d is no executor: %s", pid, commandLine(pid))));
  }

  /** The worker that started an executor. */
  public Process workerOf(ProcessHandle executor) {
    return workers.stream()
        .filter(worker -> worker.descendants().anyMatch(process -> process.equals(executor)))
        .findFirst()
        .orElseThrow();
  }

  /** Ends a process as a lost machine does, at once and for good. */
  public static void kill(ProcessHandle process) throws InterruptedException {
    process.destroyForcibly();
    awaitEnd(process);
  }

  /** Waits until a process has ended. */
  public static void awaitEnd(ProcessHandle process) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (process.isAlive()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(Text.format("Process %d goes on", process.pid()));
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** What master, workers, executors and drivers in the cluster wrote. */
  public String logs() {
    return logs(".*(/stderr|/stdout|\\.log)");
  }

  private String logs(String pattern) {
    StringBuilder all = new StringBuilder();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(path -> path.toString().matches(pattern)).sorted().toList()) {
        all.append(file).append('\n').append(Files.readString(file)).append('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all.toString();
  }

  private Process start(String name, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(JavaCommand.of(classPath));
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().trim().split("\\s+", -1)));
    command.addAll(List.of("-Xmx256m", "-Dspark.decommission.enabled=true"));
    command.add("-Dlog4j2.configurationFile=" + logging());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile());
    builder.environment().put("SPARK_HOME", home().toString());
    builder.environment().put("SPARK_SCALA_VERSION", BuildInfo.scala());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("SPARK_LOCAL_DIRS", local().toString());
    return builder.start();
  }

  /** Until the master knows all that were ever started. */
  private void awaitWorkers() throws IOException, InterruptedException {
    Path log = folder.resolve("master.log");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (count(Pattern.compile("Registering worker"), Files.readString(log)) < workers.size()) {
      if (!master.isAlive()
          || !workers.get(workers.size() - 1).isAlive()
          || System.nanoTime() > deadline) {
        throw new IllegalStateException("The cluster did not start: " + logs());
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private static int count(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    int found = 0;
    while (matcher.find()) {
      found++;
    }
    return found;
  }

  /** Java's own is cut off after some thousand characters, which class paths exceed. */
  private static String commandLine(long pid) {
    try {
      return new String(
          Files.readAllBytes(Path.of("/proc/" + pid + "/cmdline")), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return ""; // it has ended
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Ends all processes of the cluster. */
  @Override
  public void close() {
    List<ProcessHandle> all = new ArrayList<>();
    for (Process worker : workers) {
      worker.descendants().forEach(all::add);
      all.add(worker.toHandle());
    }
    all.add(master.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    try {
      for (ProcessHandle process : all) {
        awaitEnd(process);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
