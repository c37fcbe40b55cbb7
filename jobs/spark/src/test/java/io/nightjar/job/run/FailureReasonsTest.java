package io.nightjar.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.io.StorageException;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What Spark says of a failed stage becomes a sentence that says what to do. */
class FailureReasonsTest {
  private static final String FAILED =
      "Job aborted due to stage failure: Task 1 in stage 3.0 failed 4 times, most recent failure:"
          + " Lost task 1.3 in stage 3.0 (TID 9) (10.0.0.7 executor 5): ";

  @Test
  void executorsThatWereLostAgainAndAgain() {
    assertThat(
            reason(
                FAILED
                    + "ExecutorLostFailure (executor 5 exited caused by one of the running tasks)"
                    + " Reason: Command exited with code 137\nDriver stacktrace:"))
        .startsWith(
            "4 executors were lost one after the other while they worked on the same images, the"
                + " last on 10.0.0.7 (Command exited with code 137).")
        .contains("spark.executor.memoryOverhead");
  }

  @Test
  void whateverTheDigitsOfTheDriversLocale() {
    assertThat(
            reason(
                FAILED.replace("failed 4 times", "failed ٤ times")
                    + "ExecutorLostFailure (executor 5 exited caused by one of the running tasks)"
                    + " Reason: Command exited with code 137\nDriver stacktrace:"))
        .startsWith("4 executors were lost one after the other");
  }

  @Test
  void aFullDiskOfAnExecutor() {
    assertThat(
            reason(FAILED + "java.io.IOException: No space left on device\n\tat a.B.c(B.java:1)"))
        // In brackets is what this process knows of the folder, by the Spark that runs in it.
        .startsWith("A disk is full on 10.0.0.7 where Spark keeps blocks between tasks (")
        .contains("): No space left on device. Free space there", "SPARK_LOCAL_DIRS");
  }

  @Test
  void aFullDiskOfThisProcess() {
    assertThat(
            FailureReasons.describe(
                    "nut",
                    Optional.empty(),
                    new IllegalStateException(FAILED, new IOException("No space left on device")))
                .reason())
        .startsWith("A disk is full on 10.0.0.7 where Spark keeps blocks between tasks (");
  }

  @Test
  void whatTheStorageSaidItselfStays() {
    String sentence =
        "The storage did not answer when /out/a was to be written, since a disk is full: it was"
            + " tried once over 0.1 s, and at last failed with: No space left on device. Free space"
            + " there, or choose another place (--out, spark.local.dir), and run it again.";

    assertThat(
            FailureReasons.describe(
                    "nut",
                    Optional.empty(),
                    new IllegalStateException(new StorageException(sentence)))
                .reason())
        .isEqualTo(sentence);
  }

  @Test
  void whatRanOutOfMemoryIsReportedWithItsBank() {
    assertThat(
            FailureReasons.describe(
                    "nut",
                    Optional.of("memory bank of 1000 rows of 250 values takes 1 MB"),
                    new IllegalStateException(
                        FAILED
                            + "java.lang.OutOfMemoryError: Java heap space\n\tat a.B.c(B.java:1)"))
                .reason())
        .startsWith("It ran out of memory (Java heap space)")
        .contains(". Its memory bank of 1000 rows of 250 values takes 1 MB. Give the run a larger");
  }

  private static String reason(String message) {
    return FailureReasons.describe("nut", Optional.empty(), new IllegalStateException(message))
        .reason();
  }
}
