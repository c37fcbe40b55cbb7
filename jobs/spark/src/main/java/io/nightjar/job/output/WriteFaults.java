package io.nightjar.job.output;

import io.nightjar.job.run.RunContext;
import io.nightjar.report.EvaluationReport;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Parts of a run's results that could not be written, which costs no figure. */
final class WriteFaults {
  private static final Logger LOG = LoggerFactory.getLogger(WriteFaults.class);

  private final RunContext run;
  private final List<String> sentences = new ArrayList<>();

  WriteFaults(RunContext run) {
    this.run = run;
  }

  /** Writes one part of the results. */
  interface Part {
    void write() throws Exception;
  }

  /**
   * Writes a part; what goes wrong becomes a sentence.
   *
   * @param name of the part, as the beginning of a sentence
   * @return whether it was written
   */
  boolean attempt(String name, Part part) {
    try {
      part.write();
      return true;
    } catch (Exception e) { // Spark throws checked exceptions unannounced
      if (run.isCancelled()) {
        throw new IllegalStateException(e);
      }
      LOG.warn("{} could not be written", name, e);
      sentences.add(Text.format("%s could not be written: %s", name, reason(e)));
      return false;
    }
  }

  private static String reason(Exception failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage() == null ? root.toString() : root.getMessage();
    return message.lines().findFirst().orElse(message);
  }

  /** The report with the sentences among the notes of every category. */
  EvaluationReport addTo(EvaluationReport report) {
    return sentences.isEmpty()
        ? report
        : new EvaluationReport(
            report.run(),
            report.categories().stream()
                .map(
                    category ->
                        category.withNotes(
                            Stream.concat(category.notes().stream(), sentences.stream()).toList()))
                .toList(),
            report.failed(),
            report.inputs());
  }
}
