package io.nightjar.cli.options;

import io.nightjar.error.InvalidInputException;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * The Spark that a command runs on: started for it and stopped with it, or a host's, such as
 * Databricks', that was there before and stays.
 */
public final class RunningSpark implements AutoCloseable {
  private final SparkSession session;
  private final boolean hosted;

  private RunningSpark(SparkSession session, boolean hosted) {
    this.session = session;
    this.hosted = hosted;
  }

  /** Whether Spark runs in this process already, which then belongs to somebody else. */
  public static boolean isHosted() {
    return SparkSession.getDefaultSession().isDefined()
        && !SparkSession.getDefaultSession().get().sparkContext().isStopped();
  }

  static RunningSpark started(SparkConf conf) {
    return new RunningSpark(SparkSession.builder().config(conf).getOrCreate(), false);
  }

  /**
   * @param wanted whether the command line has settings for Spark
   * @throws InvalidInputException if there are some, which a Spark that runs cannot take
   */
  static RunningSpark ofHost(boolean wanted) {
    if (wanted) {
      throw new InvalidInputException(
          "Spark runs in this process already, so --master and --conf would change nothing. Leave"
              + " them out, and set Spark's properties where it is started, such as in the"
              + " settings of the cluster.");
    }
    return new RunningSpark(SparkSession.builder().getOrCreate(), true);
  }

  public SparkSession session() {
    return session;
  }

  /** Stops Spark, unless it is a host's. */
  @Override
  public void close() {
    if (!hosted) {
      session.stop();
    }
  }
}
