package io.nightjar.report.openmetrics;

import java.util.Optional;

/**
 * The families of metrics: their names never change, since rules and dashboards are built on them.
 */
public enum Family {
  BUILD("nightjar_build", Kind.INFO, "The version of Nightjar, and the commit it was built from."),
  RUN_EXIT_CODE(
      "nightjar_run_exit_code",
      Kind.GAUGE,
      "The exit code of the command: 0 where every category has its result and nothing was found"
          + " wrong."),
  RUN_STARTED(
      "nightjar_run_started_timestamp_seconds",
      Kind.SECONDS,
      "When the command began, in seconds since 1970."),
  RUN_ENDED(
      "nightjar_run_ended_timestamp_seconds",
      Kind.SECONDS,
      "When the command ended, in seconds since 1970."),
  RUN_SECONDS("nightjar_run_seconds", Kind.SECONDS, "How long the command took."),
  CATEGORY_FAILED(
      "nightjar_category_failed",
      Kind.GAUGE,
      "1 where the category has no result, 0 where it has."),
  CATEGORY_SECONDS(
      "nightjar_category_seconds",
      Kind.SECONDS,
      "How long the category took, all stages together."),
  STAGE_SECONDS("nightjar_stage_seconds", Kind.SECONDS, "How long a stage of the category took."),
  IMAGES("nightjar_images", Kind.GAUGE, "Images of the category, by what they were used for."),
  QUARANTINED(
      "nightjar_quarantined_files",
      Kind.GAUGE,
      "Files of the category that were left out, since they cannot be used."),
  FIGURE("nightjar_figure", Kind.GAUGE, "A figure of the category, as in metrics.json."),
  FIGURE_MEAN(
      "nightjar_figure_mean", Kind.GAUGE, "The mean of a figure over the categories that have it."),
  FIGURES_UNDEFINED(
      "nightjar_figures_undefined",
      Kind.GAUGE,
      "Figures that the category does not have on its data; they have no value here."),
  IMAGE_SCORE(
      "nightjar_image_score",
      Kind.GAUGE,
      "The image score below which the fraction of the category's images lies."),
  GATE_PASSED(
      "nightjar_gate_passed", Kind.GAUGE, "1 where the run passed its comparison, 0 where not."),
  VERDICT(
      "nightjar_verdict",
      Kind.STATES,
      "The verdict on the category in comparison with the baseline: 1 for the one that holds."),
  FIGURE_CHANGE(
      "nightjar_figure_change",
      Kind.GAUGE,
      "A figure that decides on the verdict: its value less the baseline's."),
  DRIFTED("nightjar_drifted", Kind.GAUGE, "1 where the newest scores have drifted, 0 where not."),
  DRIFT_PSI(
      "nightjar_drift_psi", Kind.GAUGE, "The population stability index of the newest scores."),
  DRIFT_PSI_LIMIT(
      "nightjar_drift_psi_limit", Kind.GAUGE, "The index above which scores have drifted."),
  DRIFT_KS_P_VALUE(
      "nightjar_drift_ks_p_value",
      Kind.GAUGE,
      "The p-value of the Kolmogorov-Smirnov test of the newest scores."),
  WATCH_BATCHES("nightjar_watch_batches", Kind.GAUGE, "Batches of the watched folder so far."),
  WATCH_FILES(
      "nightjar_watch_files",
      Kind.GAUGE,
      "Files of the watched folder so far, by what became of them."),
  WATCH_WAITING(
      "nightjar_watch_waiting_files",
      Kind.GAUGE,
      "Empty files of the watched folder that wait for their content."),
  WATCH_BANK_VERSION(
      "nightjar_watch_bank_version",
      Kind.GAUGE,
      "The version of the bank that new images are compared with."),
  WATCH_ANOMALOUS(
      "nightjar_watch_anomalous_images",
      Kind.GAUGE,
      "Images of the watched folder so far whose verdict is anomalous, with --false-alarm-rate."),
  WATCH_ANOMALOUS_RATIO(
      "nightjar_watch_recent_anomalous_ratio",
      Kind.GAUGE,
      "The fraction of the last images whose verdict is anomalous, with --false-alarm-rate."),
  WATCH_BATCH_SECONDS(
      "nightjar_watch_batch_seconds", Kind.SECONDS, "How long the last batch took."),
  WATCH_DELAY(
      "nightjar_watch_delay_seconds",
      Kind.SECONDS,
      "The longest time from the modification of a file of the last batch to its row."),
  WATCH_LAST_BATCH(
      "nightjar_watch_last_batch_timestamp_seconds",
      Kind.SECONDS,
      "When the last batch was scored, in seconds since 1970.");

  enum Kind {
    GAUGE,
    SECONDS,
    STATES,
    INFO
  }

  private final String metric;
  private final Kind kind;
  private final String help;

  Family(String metric, Kind kind, String help) {
    this.metric = metric;
    this.kind = kind;
    this.help = help;
  }

  /** The name in files. */
  public String metric() {
    return metric;
  }

  /** What it is, in a sentence. */
  public String help() {
    return help;
  }

  Kind kind() {
    return kind;
  }

  /** The unit's name; empty where a value has none. */
  public Optional<String> unit() {
    return kind == Kind.SECONDS ? Optional.of("seconds") : Optional.empty();
  }
}
