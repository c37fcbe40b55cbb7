package io.nightjar.cli.dataset;

import io.nightjar.job.options.SubmissionOptions;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether maps are written for an evaluation server. */
public final class SubmissionArguments {
  @Option(
      names = "--submission",
      paramLabel = "FORMAT",
      description =
          "Also write the maps of the unlabelled images as an evaluation server takes them:"
              + " mvtec-ad-2 (those of test_private and test_private_mixed, into submission/).")
  private String format;

  @Option(
      names = "--submission-thresholds",
      paramLabel = "URI",
      description =
          "Results of evaluate with the same banks and options, whose pixel_best_f1_threshold of"
              + " each category makes the thresholded maps of the submission (default: none are"
              + " written).")
  private String thresholds;

  public SubmissionOptions toOptions() {
    return new SubmissionOptions(Optional.ofNullable(format), Optional.ofNullable(thresholds));
  }
}
