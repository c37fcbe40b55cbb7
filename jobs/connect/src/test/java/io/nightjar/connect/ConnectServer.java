package io.nightjar.connect;

import io.nightjar.testing.JavaCommand;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server of Spark Connect on loopback, in a process of its own, and an executor in another, with
 * Spark's own jars and nothing of Nightjar.
 */
final class ConnectServer implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(10);

  /** What the server alone knows of a file system. */
  static final String SECRET_FILE_SYSTEM = "com.example.PasswordFileSystem";

  private final Process process;
  private final int port;
  private final Path log;

  private ConnectServer(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /** Starts it; its files are below a folder. */
  static ConnectServer start(Path folder) throws IOException, InterruptedException {
    int port = freePort();
    Path log = folder.resolve("server.log");
    String classPath = sparkClassPath() + File.pathSeparator + own();
    List<String> words = new ArrayList<>(java(classPath));
    words.add("-Xmx1g");
    words.add("-Dspark.master=local-cluster[1,2,1536]");
    words.add("-Dspark.executor.memory=1536m");
    words.add("-Dspark.executor.extraClassPath=" + classPath);
    words.add("-Dspark.executor.extraJavaOptions=" + String.join(" ", JavaCommand.SHORT_LIVED));
    words.add("-Dspark.app.name=connect");
    words.add("-Dspark.ui.enabled=false");
    words.add("-Dspark.driver.host=127.0.0.1");
    words.add("-Dspark.driver.bindAddress=127.0.0.1");
    words.add("-Dspark.connect.grpc.binding.address=127.0.0.1");
    words.add("-Dspark.connect.grpc.binding.port=" + port);
    // Of a value that newer servers do not give their clients.
    words.add("-Dspark.hadoop.fs.elsewhere.impl=" + SECRET_FILE_SYSTEM);
    words.add("-Dspark.sql.warehouse.dir=" + folder.resolve("warehouse"));
    words.add("-Dspark.local.dir=" + folder.resolve("local"));
    words.add("org.apache.spark.sql.connect.service.SparkConnectServer");
    Path home = folder.resolve("spark");
    Files.createDirectories(home.resolve("jars"));
    ProcessBuilder builder = new ProcessBuilder(words);
    // Executors are started from here.
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    // Master and worker, too, are for loopback alone.
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Process process =
        builder
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    ConnectServer server = new ConnectServer(process, port, log);
    server.awaitStart();
    return server;
  }

  /** The beginning of a command: this Java with what Spark opens, on a class path. */
  static List<String> java(String classPath) {
    List<String> words = new ArrayList<>(JavaCommand.of(classPath));
    // Those that this process has, which it got from the build.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(word -> word.startsWith("--") || word.startsWith("-XX:+IgnoreUnrecognized"))
        .forEach(words::add);
    return words;
  }

  /** What a cluster has: Spark, Hadoop and what they bring. */
  static String sparkClassPath() throws IOException {
    return Files.readString(Path.of(System.getProperty("nightjar.cluster.classpath"))).strip();
  }

  private static String own() throws IOException {
    try (Stream<Path> jars = Files.list(Path.of(System.getProperty("nightjar.connect.server")))) {
      return String.join(File.pathSeparator, jars.map(Path::toString).sorted().toList());
    }
  }

  /** Where clients find it. */
  String address() {
    return "sc://127.0.0.1:" + port;
  }

  /** What it and its executors have logged. */
  String log() throws IOException {
    StringBuilder all = new StringBuilder(Files.readString(log));
    try (Stream<Path> files = Files.walk(log.resolveSibling("spark"))) {
      for (Path file : files.filter(path -> path.endsWith("stderr")).toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void awaitStart() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    while (!listens()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        close();
        throw new IllegalStateException("The server did not start: " + log());
      }
      Thread.sleep(200);
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
