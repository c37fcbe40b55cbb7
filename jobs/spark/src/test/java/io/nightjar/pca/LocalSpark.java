package io.nightjar.pca;

import org.apache.spark.sql.SparkSession;

/** A Spark of this process, stopped with the test that opened it. */
final class LocalSpark implements AutoCloseable {
  private final SparkSession session;

  LocalSpark(int threads) {
    session =
        SparkSession.builder()
            .master("local[" + threads + "]")
            .appName("pca")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 2)
            .getOrCreate();
  }

  SparkSession session() {
    return session;
  }

  @Override
  public void close() {
    session.stop();
  }
}
