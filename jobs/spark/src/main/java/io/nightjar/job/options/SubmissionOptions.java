package io.nightjar.job.options;

import static io.nightjar.job.options.OptionRange.require;

import io.nightjar.error.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether scores are written as an evaluation server takes them.
 *
 * @param format the data set whose server it is, {@link #MVTEC_AD_2}; empty for no submission
 * @param thresholds the folder of a run of {@code evaluate} whose {@code pixel_best_f1_threshold}
 *     of each category separates defective pixels from others; empty for maps alone
 */
public record SubmissionOptions(Optional<String> format, Optional<String> thresholds) {
  /** The server of MVTec AD 2. */
  public static final String MVTEC_AD_2 = "mvtec-ad-2";

  /** The name of the run that thresholds are of, among recorded options. */
  public static final String THRESHOLDS = "submission_thresholds";

  /** No submission. */
  public static final SubmissionOptions DEFAULT =
      new SubmissionOptions(Optional.empty(), Optional.empty());

  /**
   * Checks the values.
   *
   * @param format empty or {@link #MVTEC_AD_2}
   * @param thresholds empty where there is no format
   * @throws InvalidInputException naming the option that cannot be used
   */
  public SubmissionOptions {
    format.ifPresent(
        name -> require(name.equals(MVTEC_AD_2), "submission", "\"" + name + "\"", MVTEC_AD_2));
    if (thresholds.isPresent() && format.isEmpty()) {
      throw new InvalidInputException(
          "The option --submission-thresholds goes with --submission mvtec-ad-2; add it.");
    }
  }

  /**
   * The options that were given, by their names in {@code run.json}.
   *
   * @return the value by its name
   */
  public Map<String, Object> asMap() {
    Map<String, Object> given = new LinkedHashMap<>();
    format.ifPresent(name -> given.put("submission", name));
    thresholds.ifPresent(run -> given.put(THRESHOLDS, run));
    return given;
  }
}
