package io.nightjar.backbone;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import org.apache.spark.sql.SparkSession;

/** What needs a Spark session with a {@code SparkContext}, which one of Spark Connect has not. */
public final class ClassicSession {
  private ClassicSession() {}

  /**
   * Refuses a session without a {@code SparkContext}.
   *
   * @param session of the caller
   * @param what needs the context, as the beginning of a sentence
   * @return the same session
   * @throws InvalidInputException if it is one of Spark Connect
   */
  public static SparkSession require(SparkSession session, String what) {
    try {
      if (session.sparkContext() != null) {
        return session;
      }
    } catch (RuntimeException | LinkageError e) { // each client has an exception of its own
      throw new InvalidInputException(refusal(what), e);
    }
    throw new InvalidInputException(refusal(what));
  }

  private static String refusal(String what) {
    return Text.format(
        "%s needs a session with a SparkContext, which this one, of Spark Connect or of a cluster in standard"
            + " access mode, has not. Run it with spark-submit or on a cluster in dedicated access mode, or"
            + " score images by io.nightjar.table.BankScorer, which runs here.",
        what);
  }
}
