package io.nightjar.benchmark.harness;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * What the steps are measured with.
 *
 * @param data the data set's folder, on any Hadoop file system
 * @param categories those that the whole evaluation takes
 * @param images of these categories
 * @param out a local folder for what the whole evaluation writes
 */
public record BenchmarkContext(
    SparkSession session,
    Sample sample,
    BenchmarkOptions options,
    String data,
    List<String> categories,
    int images,
    Path out) {

  /** The Spark context of the session. */
  public JavaSparkContext spark() {
    return JavaSparkContext.fromSparkContext(session.sparkContext());
  }
}
