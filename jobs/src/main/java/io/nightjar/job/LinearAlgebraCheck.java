package io.nightjar.job;

import io.nightjar.error.InvalidInputException;
import io.nightjar.linalg.LinearAlgebra;
import java.util.Collections;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the driver and the executors what they compute with, since they may stand on different kinds
 * of machines.
 */
final class LinearAlgebraCheck {
  private static final Logger LOG = LoggerFactory.getLogger(LinearAlgebraCheck.class);
  private static final String REFUSED = "refused: ";

  private LinearAlgebraCheck() {}

  /**
   * What driver and executors compute with, for the run's record: one name where they agree, all
   * names and a warning in the log where not. An executor that joins later is not asked.
   *
   * @throws InvalidInputException if one of them cannot compute as {@value LinearAlgebra#PROPERTY}
   *     asks
   */
  static String inUse(JavaSparkContext spark) {
    String driver = LinearAlgebra.inUse();
    if (spark.sc().isLocal()) {
      return driver;
    }
    int tasks = spark.defaultParallelism();
    spark.setJobGroup("nightjar", "ask the executors for their linear algebra", false);
    TreeSet<String> executors =
        new TreeSet<>(
            spark.parallelize(Collections.nCopies(tasks, 1), tasks).map(one -> answer()).collect());
    for (String answer : executors) {
      if (answer.startsWith(REFUSED)) {
        throw new InvalidInputException(answer.substring(REFUSED.length()));
      }
    }
    String all = String.join("; ", executors);
    if (all.equals(driver)) {
      return driver;
    }
    String both = "driver: %s; executors: %s".formatted(driver, all);
    LOG.warn(
        "The machines of this run compute with different linear algebra ({}); the last bits of its"
            + " figures can depend on which of them did what.",
        both);
    return both;
  }

  private static String answer() {
    try {
      return LinearAlgebra.inUse();
    } catch (InvalidInputException e) {
      return REFUSED + e.getMessage();
    }
  }
}
