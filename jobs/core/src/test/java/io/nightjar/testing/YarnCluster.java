package io.nightjar.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.NodeState;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.exceptions.YarnException;

/**
 * YARN as it runs on machines: a ResourceManager and a NodeManager, each a process of its own on
 * loopback. Containers are processes below the NodeManager; each may be killed, and one that takes
 * more memory than it asked for is.
 */
public final class YarnCluster implements AutoCloseable {
  private static final String DRIVER = "org.apache.spark.deploy.yarn.ApplicationMaster";
  private static final String[] MANAGER_PORTS = {
    "yarn.resourcemanager.scheduler.address",
    "yarn.resourcemanager.resource-tracker.address",
    "yarn.resourcemanager.admin.address",
    "yarn.resourcemanager.webapp.address"
  };

  private final Path folder;
  private final int port = ServerProcess.freePort();
  private final List<ServerProcess> processes = new ArrayList<>();
  private final Configuration client = new Configuration();

  private YarnCluster(Path folder) {
    this.folder = folder;
  }

  /**
   * Starts it with its files in a folder; the node is there when it returns. Skips the running test
   * outside of Maven's build.
   */
  public static YarnCluster start(Path folder) throws IOException {
    YarnCluster cluster = new YarnCluster(Files.createDirectories(folder));
    try {
      cluster.start();
      return cluster;
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private void start() throws IOException {
    Files.createDirectories(configuration());
    write("core-site.xml", Map.of("hadoop.tmp.dir", folder.resolve("tmp").toString()));
    write("yarn-site.xml", settings());
    // The queues of the scheduler that YARN takes by default; it brings no such file.
    write(
        "capacity-scheduler.xml",
        Map.of(
            "yarn.scheduler.capacity.root.queues", "default",
            "yarn.scheduler.capacity.root.default.capacity", "100",
            "yarn.scheduler.capacity.maximum-am-resource-percent", "1"));
    ServerProcess manager =
        process(
            "resource-manager", "org.apache.hadoop.yarn.server.resourcemanager.ResourceManager");
    ServerProcess node =
        process("node-manager", "org.apache.hadoop.yarn.server.nodemanager.NodeManager");
    manager.awaitListening(port);
    node.await(() -> ask(yarn -> yarn.getNodeReports(NodeState.RUNNING)).size() == 1);
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("yarn.resourcemanager.hostname", "127.0.0.1");
    settings.put("yarn.resourcemanager.address", "127.0.0.1:" + port);
    for (String address : MANAGER_PORTS) {
      settings.put(address, "127.0.0.1:" + ServerProcess.freePort());
    }
    settings.put("yarn.nodemanager.hostname", "127.0.0.1");
    settings.put("yarn.nodemanager.address", "127.0.0.1:0");
    settings.put("yarn.nodemanager.localizer.address", "127.0.0.1:0");
    settings.put("yarn.nodemanager.webapp.address", "127.0.0.1:0");
    settings.put("yarn.nodemanager.local-dirs", folder.resolve("local").toString());
    settings.put("yarn.nodemanager.log-dirs", logs().toString());
    settings.put("yarn.nodemanager.resource.memory-mb", "10240");
    settings.put("yarn.nodemanager.resource.cpu-vcores", "8");
    settings.put("yarn.scheduler.minimum-allocation-mb", "256");
    // Java reserves addresses that it never uses.
    settings.put("yarn.nodemanager.vmem-check-enabled", "false");
    // How full the disk of the tests is does not matter.
    settings.put(
        "yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "100");
    return settings;
  }

  private void write(String name, Map<String, String> settings) throws IOException {
    Configuration file = new Configuration(false);
    settings.forEach(file::set);
    settings.forEach(client::set);
    try (OutputStream out = Files.newOutputStream(configuration().resolve(name))) {
      file.writeXml(out);
    }
  }

  private ServerProcess process(String name, String main) throws IOException {
    String file = System.getProperty("nightjar.s3.classpath");
    assumeTrue(file != null, "Skipped: nightjar.s3.classpath is set by mvn test");
    Path logging =
        Files.writeString(
            folder.resolve("logback.xml"),
            "<configuration><appender name=\"A\" class=\"ch.qos.logback.core.ConsoleAppender\">"
                + "<encoder><pattern>%level %msg%n</pattern></encoder></appender>"
                + "<root level=\"INFO\"><appender-ref ref=\"A\"/></root></configuration>");
    List<String> command =
        JavaCommand.of(
            configuration() + java.io.File.pathSeparator + Files.readString(Path.of(file)).strip());
    command.addAll(List.of("-Xmx256m", "-Dlogback.configurationFile=" + logging));
    // Its web pages are put together by a library that defines classes, and want dates in English.
    command.addAll(List.of("--add-opens=java.base/java.lang=ALL-UNNAMED"));
    command.addAll(List.of("-Duser.language=en", "-Duser.country=US"));
    command.add(main);
    ServerProcess process =
        ServerProcess.start(
            command,
            Map.of("JAVA_HOME", System.getProperty("java.home")),
            folder.resolve(name + ".log"));
    processes.add(process);
    return process;
  }

  private interface Question<T> {
    T of(YarnClient yarn) throws IOException, YarnException;
  }

  private <T> T ask(Question<T> question) throws IOException {
    try (YarnClient yarn = YarnClient.createYarnClient()) {
      yarn.init(client);
      yarn.start();
      return question.of(yarn);
    } catch (YarnException e) {
      throw new IOException(e);
    }
  }

  /** The folder that {@code HADOOP_CONF_DIR} names for its clients. */
  public Path configuration() {
    return folder.resolve("conf");
  }

  private Path logs() {
    return folder.resolve("logs");
  }

  /** The drivers that run in the cluster, by their process. */
  public List<ProcessHandle> drivers() {
    return processes.get(1).running(DRIVER);
  }

  /** What the ResourceManager says of the application that was submitted last. */
  public ApplicationReport newest() throws IOException {
    return ask(YarnClient::getApplications).stream()
        .max(Comparator.comparing(ApplicationReport::getApplicationId))
        .orElseThrow();
  }

  /** How often the application that was submitted last was attempted. */
  public int attempts() throws IOException {
    ApplicationReport newest = newest();
    return ask(yarn -> yarn.getApplicationAttempts(newest.getApplicationId())).size();
  }

  /** What the containers of the application that was submitted last wrote. */
  public String containerLogs() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(logs().resolve(newest().getApplicationId().toString()))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        all.append(file).append('\n').append(Files.readString(file)).append('\n');
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return all.toString();
  }

  /** Ends all its processes, containers included. */
  @Override
  public void close() {
    processes.forEach(ServerProcess::close);
  }
}
