package io.nightjar.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nightjar.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * A real S3 server on loopback, S3Proxy before a local folder, in a process of its own: it needs a
 * newer Jackson than Spark has.
 */
public final class S3Server implements AutoCloseable {
  private static final String IN_TESTS = "filesystem";

  /** A way to keep objects that keeps those of empty folders, too, as S3 does. */
  public static final String IN_MEMORY = "transient";

  private final ServerProcess process;
  private final int port;

  private S3Server(ServerProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it with its files in a folder. Skips the running test outside of Maven's build. */
  public static S3Server start(Path folder) throws IOException {
    return start(folder, IN_TESTS);
  }

  /**
   * The same with another of S3Proxy's ways to keep objects in a folder.
   *
   * @param provider {@code filesystem}, or {@code filesystem-nio2}, which lists a folder without
   *     looking at all others, or {@link #IN_MEMORY}
   */
  public static S3Server start(Path folder, String provider) throws IOException {
    String file = System.getProperty("nightjar.s3.classpath");
    assumeTrue(file != null, "Skipped: nightjar.s3.classpath is set by mvn test");
    int port = ServerProcess.freePort();
    Files.createDirectories(folder.resolve("buckets").resolve(bucket(port)));
    Files.createDirectories(folder.resolve("buckets").resolve(faultyBucket(port)));
    Path settings =
        Files.writeString(
            folder.resolve("s3proxy.properties"),
            String.join(
                "\n",
                "s3proxy.endpoint=http://127.0.0.1:" + port,
                "s3proxy.authorization=none",
                "jclouds.provider=" + provider,
                "jclouds.identity=any",
                "jclouds.credential=any",
                "jclouds.filesystem.basedir=" + folder.resolve("buckets")));
    Path logging =
        Files.writeString(
            folder.resolve("logback.xml"), "<configuration><root level=\"OFF\"/></configuration>");
    List<String> command = JavaCommand.of(Files.readString(Path.of(file)).strip());
    if (!provider.equals(IN_TESTS)) {
      // With lightly compiled code it is the server's time that is measured.
      command.removeAll(JavaCommand.SHORT_LIVED);
    }
    command.addAll(List.of("-Xmx256m", "-Dlogback.configurationFile=" + logging));
    // S3Proxy writes its dates with the default locale's digits, which no client of S3 reads.
    command.addAll(List.of("-Duser.language=en", "-Duser.country=US"));
    command.addAll(List.of("org.gaul.s3proxy.Main", "--properties", settings.toString()));
    ServerProcess process = ServerProcess.start(command, Map.of(), folder.resolve("s3proxy.log"));
    try {
      process.awaitListening(port);
      if (provider.equals(IN_MEMORY)) {
        make(bucket(port), port);
      }
      return new S3Server(process, port);
    } catch (IOException | RuntimeException e) {
      process.close();
      throw e;
    }
  }

  private static void make(String bucket, int port) throws IOException {
    HttpURLConnection request =
        (HttpURLConnection)
            URI.create("http://127.0.0.1:" + port + "/" + bucket).toURL().openConnection();
    request.setRequestMethod("PUT");
    if (request.getResponseCode() != HttpURLConnection.HTTP_OK) {
      throw new IOException("The bucket was not made: status " + request.getResponseCode());
    }
  }

  /** What Hadoop's S3A needs to know of it. */
  public Map<String, String> hadoopProperties() {
    Map<String, String> properties = new TreeMap<>();
    properties.put("fs.s3a.endpoint", "http://127.0.0.1:" + port);
    properties.put("fs.s3a.path.style.access", "true");
    properties.put("fs.s3a.connection.ssl.enabled", "false");
    properties.put("fs.s3a.access.key", "any");
    properties.put("fs.s3a.secret.key", "any");
    // S3Proxy's local folders are no objects that could be deleted, and have no versions.
    properties.put("fs.s3a.directory.marker.retention", "keep");
    properties.put("fs.s3a.change.detection.version.required", "false");
    // S3Proxy takes five seconds for a request that deletes several objects.
    properties.put("fs.s3a.multiobjectdelete.enable", "false");
    return properties;
  }

  /**
   * What S3A needs to know to reach the second bucket through a proxy, without retries of its own,
   * which would hide the proxy's faults.
   */
  public Map<String, String> hadoopProperties(FaultyProxy proxy) {
    String prefix = "fs.s3a.bucket." + faultyBucket(port) + ".";
    Map<String, String> properties = new TreeMap<>();
    properties.put(prefix + "endpoint", "http://127.0.0.1:" + proxy.port());
    properties.put(prefix + "attempts.maximum", "0");
    properties.put(prefix + "retry.limit", "0");
    properties.put(prefix + "retry.throttle.limit", "0");
    properties.put(prefix + "retry.interval", "1ms");
    properties.put(prefix + "retry.throttle.interval", "1ms");
    return properties;
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** A location in the second bucket. */
  public String faultyUri(String path) {
    return Text.format("s3a://%s/%s", faultyBucket(port), path);
  }

  private static String faultyBucket(int port) {
    return "faulty-" + port;
  }

  /** A location in the bucket. */
  public String uri(String path) {
    return Text.format("s3a://%s/%s", bucket(port), path);
  }

  /** Of each server its own: a process keeps the file system of a bucket with its first address. */
  private static String bucket(int port) {
    return "nightjar-" + port;
  }

  @Override
  public void close() {
    forgetFileSystem(uri(""));
    forgetFileSystem(faultyUri(""));
    process.close();
  }

  /** Hadoop keeps one for the bucket, with this server's port, for the next test of the process. */
  private void forgetFileSystem(String bucket) {
    Configuration configuration = new Configuration();
    hadoopProperties().forEach(configuration::set);
    try {
      FileSystem.get(URI.create(bucket), configuration).close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
