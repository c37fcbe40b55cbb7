package io.nightjar.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nightjar.text.Text;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/**
 * HDFS as it runs on machines: a NameNode and two DataNodes, each a process of its own on loopback.
 * Every block is on both DataNodes, and either may be killed.
 */
public final class HdfsCluster implements AutoCloseable {
  private static final int DATA_NODES = 2;

  private final Path folder;
  private final int port = ServerProcess.freePort();
  private final List<ServerProcess> processes = new ArrayList<>();
  private final List<ServerProcess> dataNodes = new ArrayList<>();

  private HdfsCluster(Path folder) {
    this.folder = folder;
  }

  /**
   * Starts it with its files in a folder; both DataNodes are there when it returns. Skips the
   * running test outside of Maven's build.
   */
  public static HdfsCluster start(Path folder) throws IOException {
    HdfsCluster cluster = new HdfsCluster(Files.createDirectories(folder));
    try {
      cluster.start();
      return cluster;
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private void start() throws IOException {
    ServerProcess format = nameNode("format", "-format", "-nonInteractive");
    if (format.awaitExit() != 0) {
      throw new IllegalStateException("HDFS was not formatted: " + format.log());
    }
    nameNode("name-node").awaitListening(port);
    for (int i = 0; i < DATA_NODES; i++) {
      dataNodes.add(
          process(
              "data-node-" + i,
              "org.apache.hadoop.hdfs.server.datanode.DataNode",
              "-Ddfs.datanode.data.dir=" + folder.resolve("data-" + i),
              "-Ddfs.datanode.address=127.0.0.1:0",
              "-Ddfs.datanode.http.address=127.0.0.1:0",
              "-Ddfs.datanode.ipc.address=127.0.0.1:0"));
    }
    awaitDataNodes();
  }

  private ServerProcess nameNode(String name, String... arguments) throws IOException {
    List<String> all = new ArrayList<>();
    all.add("-Ddfs.namenode.name.dir=" + folder.resolve("names").toUri());
    all.add("-Ddfs.namenode.http-address=127.0.0.1:0");
    // Small files are the rule in tests.
    all.add("-Ddfs.namenode.fs-limits.min-block-size=1024");
    all.addAll(List.of(arguments));
    return process(
        name, "org.apache.hadoop.hdfs.server.namenode.NameNode", all.toArray(String[]::new));
  }

  private ServerProcess process(String name, String main, String... arguments) throws IOException {
    String file = System.getProperty("nightjar.s3.classpath");
    assumeTrue(file != null, "Skipped: nightjar.s3.classpath is set by mvn test");
    Path logging =
        Files.writeString(
            folder.resolve("logback.xml"),
            "<configuration><appender name=\"A\" class=\"ch.qos.logback.core.ConsoleAppender\">"
                + "<encoder><pattern>%level %msg%n</pattern></encoder></appender>"
                + "<root level=\"WARN\"><appender-ref ref=\"A\"/></root></configuration>");
    List<String> command = JavaCommand.of(Files.readString(Path.of(file)).strip());
    command.addAll(List.of("-Xmx256m", "-Dlogback.configurationFile=" + logging));
    // The web pages of its processes want dates in the digits of English.
    command.addAll(List.of("-Duser.language=en", "-Duser.country=US"));
    command.addAll(List.of(main, "-Dfs.defaultFS=" + uri("")));
    command.addAll(List.of(arguments));
    ServerProcess process = ServerProcess.start(command, Map.of(), folder.resolve(name + ".log"));
    processes.add(process);
    return process;
  }

  private void awaitDataNodes() throws IOException {
    Configuration configuration = new Configuration();
    hadoopProperties().forEach(configuration::set);
    try (FileSystem files = FileSystem.newInstance(URI.create(uri("/")), configuration)) {
      for (ServerProcess dataNode : dataNodes) {
        dataNode.await(
            () -> ((DistributedFileSystem) files).getDataNodeStats().length == DATA_NODES);
      }
    }
  }

  /** What its clients need to know. */
  public Map<String, String> hadoopProperties() {
    return Map.of("dfs.replication", Integer.toString(DATA_NODES));
  }

  /** A location, such as {@code hdfs://127.0.0.1:8020/data}, of a path with a slash in front. */
  public String uri(String path) {
    return Text.format("hdfs://127.0.0.1:%d%s", port, path);
  }

  /** Kills a DataNode, as its machine's failure would; it does not come back. */
  public void killDataNode(int number) {
    ServerProcess.kill(dataNodes.get(number).process().toHandle());
  }

  @Override
  public void close() {
    processes.forEach(ServerProcess::close);
  }
}
