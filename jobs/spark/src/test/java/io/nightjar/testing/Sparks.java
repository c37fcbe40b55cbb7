package io.nightjar.testing;

import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Spark sessions for tests: on loopback, without the web page. A process has one Spark context at a
 * time, and starting one takes longer than most tests.
 */
public final class Sparks {
  private Sparks() {}

  /**
   * The session that the tests of this process share: it stays for the next test, which gets it as
   * it is where it asks for as many cores. Tests leave it running and change none of its settings;
   * it ends with the process.
   */
  public static SparkSession local(int cores) {
    return session("local[" + cores + "]", Map.of());
  }

  /** A session of the caller's own, who stops it; the shared one is stopped first. */
  public static SparkSession start(String master, Map<String, String> properties) {
    stop();
    return session(master, properties);
  }

  /** Stops the session of this process, if there is one. */
  public static void stop() {
    if (SparkSession.getDefaultSession().isDefined()) {
      SparkSession.getDefaultSession().get().stop();
    }
  }

  private static SparkSession session(String master, Map<String, String> properties) {
    if (SparkSession.getDefaultSession().isDefined()
        && !SparkSession.getDefaultSession().get().sparkContext().master().equals(master)) {
      stop();
    }
    SparkSession.Builder builder =
        SparkSession.builder()
            .appName("nightjar tests")
            .master(master)
            .config("spark.ui.enabled", "false")
            // As the command line has it for runs on one machine.
            .config("spark.executor.killOnFatalError.depth", "0")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "2");
    properties.forEach(builder::config);
    return builder.getOrCreate();
  }
}
