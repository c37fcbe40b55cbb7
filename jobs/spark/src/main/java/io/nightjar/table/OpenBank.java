package io.nightjar.table;

import io.nightjar.error.InvalidInputException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Opens a bank on an executor: the function of {@link BankScorer#open}. */
record OpenBank(ScorerSettings settings) implements MapPartitionsFunction<Long, Row> {
  private static final long serialVersionUID = 1L;

  private static final String WITHOUT_NIGHTJAR =
      "The cluster has not this version of Nightjar: add its jar to the session with"
          + " spark.addArtifact(\"nightjar-...jar\"), or install it on the cluster, and begin again"
          + " with a new session.";

  private static final int MOST_CAUSES = 32;

  /**
   * What an executor finds the bank to be.
   *
   * @throws InvalidInputException if it cannot use the bank or the weights, or has no Nightjar
   */
  static BankFacts with(SparkSession spark, ScorerSettings settings) {
    try {
      return BankFacts.of(
          spark
              .range(0, 1, 1, 1)
              .mapPartitions(new OpenBank(settings), Encoders.row(BankFacts.SCHEMA))
              .collectAsList()
              .get(0));
    } catch (Exception e) { // Scala throws SparkException, a checked one, undeclared
      if (isOfMissingClasses(e)) {
        throw new InvalidInputException(WITHOUT_NIGHTJAR, e);
      }
      throw e;
    }
  }

  /** A client gets the failures of a server and its executors as text. */
  private static boolean isOfMissingClasses(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
      String text = String.valueOf(cause);
      if (text.contains("io.nightjar.")
          && (text.contains("ClassNotFoundException")
              || text.contains("NoClassDefFoundError")
              || text.contains("InvalidClassException"))) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  @Override
  public Iterator<Row> call(Iterator<Long> once) {
    return List.of(OpenedBanks.examine(settings)).iterator();
  }
}
