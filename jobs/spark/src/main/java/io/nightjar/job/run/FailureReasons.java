package io.nightjar.job.run;

import io.nightjar.report.FailedCategory;
import io.nightjar.text.Sentences;
import io.nightjar.text.Text;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts the failure of a category into a sentence. */
final class FailureReasons {
  /** Where the executors run, Spark reports an error by its text alone. */
  private static final Pattern LOST_TASK =
      Pattern.compile(
          "most recent failure: Lost task \\S+ in stage \\S+ \\(TID \\d+\\) \\(.*?\\): ");

  private static final String OUT_OF_MEMORY = OutOfMemoryError.class.getName();

  private FailureReasons() {}

  static FailedCategory describe(String category, Throwable failure) {
    if (failure instanceof CategoryFailedException refused) {
      return new FailedCategory(category, refused.getMessage(), refused.quarantined());
    }
    return new FailedCategory(category, sentence(root(failure)), List.of());
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }

  private static String sentence(Throwable root) {
    // The message of an error is often a name without a verb.
    String message =
        root.getMessage() == null || root instanceof Error ? root.toString() : root.getMessage();
    // Spark repeats an executor's stack trace in its message; the log has it.
    String line = message.lines().findFirst().orElse(message);
    Matcher lost = LOST_TASK.matcher(line);
    String reason = Sentences.shown(lost.find() ? line.substring(lost.end()) : line);
    return reason.startsWith(OUT_OF_MEMORY + ": ")
        ? Text.format(
            "It ran out of memory (%s). Give the driver and the executors more, or let fewer"
                + " categories run at once (--concurrent-categories); the log says where it ended.",
            reason.substring(OUT_OF_MEMORY.length() + 2))
        : reason;
  }
}
