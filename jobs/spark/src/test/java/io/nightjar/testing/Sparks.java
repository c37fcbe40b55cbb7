package io.nightjar.testing;

import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Spark sessions for tests: on loopback, without the web page. */
public final class Sparks {
  private Sparks() {}

  public static SparkSession local(int cores) {
    return start("local[" + cores + "]", Map.of());
  }

  public static SparkSession start(String master, Map<String, String> properties) {
    SparkSession.Builder builder =
        SparkSession.builder()
            .appName("nightjar tests")
            .master(master)
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "2");
    properties.forEach(builder::config);
    return builder.getOrCreate();
  }
}
