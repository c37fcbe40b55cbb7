package io.nightjar.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Spark's own standalone cluster on loopback: a master and workers in this process, each executor a
 * process of its own.
 */
public final class LocalCluster {
  private LocalCluster() {}

  /**
   * A session on a cluster whose executors, of one core and 1 GiB each, are all there when it
   * returns. Skips the running test where the build did not set the environment that Spark's
   * workers need.
   */
  public static SparkSession start(int workers, int executorsPerWorker, Map<String, String> more)
      throws IOException {
    String home = System.getenv("SPARK_HOME");
    assumeTrue(home != null, "Skipped: SPARK_HOME and SPARK_SCALA_VERSION are set by mvn test");
    // Spark takes a folder with jars for its installation; the executors' classes come from here.
    Files.createDirectories(Path.of(home, "jars"));

    Map<String, String> properties = new HashMap<>();
    properties.put("spark.executor.cores", "1");
    properties.put("spark.executor.memory", "1g");
    properties.put("spark.executor.extraClassPath", ClassPaths.whole());
    // Executors compute as this process does.
    List<String> options = new ArrayList<>(JavaCommand.shortLived(ClassPaths.whole()));
    options.addAll(JavaCommand.locale());
    options.add("-Dnightjar.linalg=" + System.getProperty("nightjar.linalg", "auto"));
    properties.put("spark.executor.extraJavaOptions", String.join(" ", options));
    // No task starts before every executor is there.
    properties.put("spark.cores.max", Integer.toString(workers * executorsPerWorker));
    properties.put("spark.scheduler.minRegisteredResourcesRatio", "1.0");
    properties.put("spark.scheduler.maxRegisteredResourcesWaitingTime", "600s");
    properties.putAll(more);
    return Sparks.start(
        Text.format(
            "local-cluster[%d,%d,%d]", workers, executorsPerWorker, 1024 * executorsPerWorker),
        properties);
  }
}
