package io.nightjar.job.run;

import io.nightjar.report.FailedCategory;
import io.nightjar.text.Sentences;
import java.util.List;

/** Puts the failure of a category into a sentence. */
final class FailureReasons {
  private FailureReasons() {}

  static FailedCategory describe(String category, Throwable failure) {
    if (failure instanceof CategoryFailedException refused) {
      return new FailedCategory(category, refused.getMessage(), refused.quarantined());
    }
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = root.getMessage() == null ? root.getClass().getName() : root.getMessage();
    // Spark repeats an executor's stack trace in its message; the log has it.
    String sentence = message.lines().findFirst().orElse(message);
    return new FailedCategory(category, Sentences.shown(sentence), List.of());
  }
}
