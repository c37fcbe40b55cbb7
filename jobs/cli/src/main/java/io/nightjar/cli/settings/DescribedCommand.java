package io.nightjar.cli.settings;

import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** A command that says, without doing it, what it was asked to do. */
public interface DescribedCommand {

  /**
   * All that the work of the command is given, by the options' names.
   *
   * @throws io.nightjar.error.InvalidInputException if an option cannot be used
   */
  Map<String, Object> describe(SparkSession session);
}
