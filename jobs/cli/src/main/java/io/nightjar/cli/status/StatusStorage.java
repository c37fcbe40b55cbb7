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

  /**
   * Names the file systems and their keys.
   *
   * @param command whose options on Spark apply, where it has some; without them those of
   *     spark-submit
   */
  public static Configuration configuration(CommandLine command) {
    if (RunningSpark.isHosted()) {
      return SparkSession.getDefaultSession().get().sessionState().newHadoopConf();
    }
    CommandSpec options = command.getCommandSpec().mixins().get(SPARK);
    SparkConf conf =
        options != null && options.userObject() instanceof SparkOptions given
            ? given.configuration("nightjar status")
            : new SparkConf();
    return SparkHadoopUtil.get().newConfiguration(conf);
  }
}
