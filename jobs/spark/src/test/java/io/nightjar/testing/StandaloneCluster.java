package io.nightjar.testing;

import io.nightjar.job.run.BuildInfo;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  private final Path folder;
  private final String classPath;
  private final int port;
  private final List<ServerProcess> workers = new ArrayList<>();
  private final ServerProcess master;

  private StandaloneCluster(Path folder, String classPath) throws IOException {
    this.folder = folder;
    this.classPath = classPath;
    this.port = ServerProcess.freePort();
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
      throws IOException {
    StandaloneCluster cluster = new StandaloneCluster(folder, classPath);
    try {
      for (int i = 0; i < workers; i++) {
        cluster.startWorker();
      }
      cluster.awaitWorkers();
      return cluster;
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** Starts one more worker, in place of one that a test ended, and waits for it. */
  public void addWorker() throws IOException {
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
    return workers.stream().flatMap(worker -> worker.running(mainClass).stream()).toList();
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
                    Text.format(
                        "Process %d is no executor: %s", pid, ServerProcess.commandLine(pid))));
  }

  /** The worker that started an executor. */
  public Process workerOf(ProcessHandle executor) {
    return workers.stream()
        .map(ServerProcess::process)
        .filter(worker -> worker.descendants().anyMatch(process -> process.equals(executor)))
        .findFirst()
        .orElseThrow();
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

  private ServerProcess start(String name, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(JavaCommand.of(classPath));
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().trim().split("\\s+", -1)));
    command.addAll(List.of("-Xmx256m", "-Dspark.decommission.enabled=true"));
    command.add("-Dlog4j2.configurationFile=" + logging());
    command.addAll(arguments);
    return ServerProcess.start(
        command,
        Map.of(
            "SPARK_HOME", home().toString(),
            "SPARK_SCALA_VERSION", BuildInfo.scala(),
            "SPARK_LOCAL_IP", "127.0.0.1",
            "SPARK_LOCAL_DIRS", local().toString()),
        folder.resolve(name + ".log"));
  }

  /** Until the master knows all that were ever started. */
  private void awaitWorkers() throws IOException {
    workers
        .get(workers.size() - 1)
        .await(() -> count(Pattern.compile("Registering worker"), master.log()) >= workers.size());
  }

  private static int count(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    int found = 0;
    while (matcher.find()) {
      found++;
    }
    return found;
  }

  /** Ends all processes of the cluster. */
  @Override
  public void close() {
    workers.forEach(ServerProcess::close);
    master.close();
  }
}
