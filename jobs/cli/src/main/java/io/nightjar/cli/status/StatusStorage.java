package io.nightjar.cli.status;

import io.nightjar.cli.options.SparkOptions;
import io.nightjar.cli.options.SparkOptions.RunningSpark;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The file systems and their keys as a command's Spark will know them, before it has started. */
public final class StatusStorage {
  private static final String SPARK = "spark";

  private StatusStorage() {}

  /** Names the file systems and their keys as the options of a command do. */
  public static Configuration configuration(SparkOptions options) {
    return configuration(options.configuration("nightjar status"));
  }

  /**
   * The same of any command.
   *
   * @param command whose options on Spark apply, where it has some; without them those of
   *     spark-submit
   */
  static Configuration configuration(CommandLine command) {
    CommandSpec options = command.getCommandSpec().mixins().get(SPARK);
    return options != null && options.userObject() instanceof SparkOptions given
        ? configuration(given)
        : configuration(new SparkConf());
  }

  private static Configuration configuration(SparkConf conf) {
    return RunningSpark.isHosted()
        ? SparkSession.builder().getOrCreate().sessionState().newHadoopConf()
        : SparkHadoopUtil.get().newConfiguration(conf);
  }
}
