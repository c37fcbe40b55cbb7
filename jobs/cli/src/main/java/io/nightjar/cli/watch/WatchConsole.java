package io.nightjar.cli.watch;

import io.nightjar.cli.outcome.LiveMetrics;
import io.nightjar.job.watch.WatchListener;
import io.nightjar.job.watch.WatchReport;
import io.nightjar.report.openmetrics.MetricFamilies;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Says on the console what each batch came to, and replaces the file of metrics. */
final class WatchConsole implements WatchListener {
  private final PrintWriter out;
  private final PrintWriter err;
  private final Optional<LiveMetrics> metrics;
  private final Configuration configuration;
  private final Runnable claimed;
  private volatile Optional<WatchReport> latest = Optional.empty();
  private int printed = -1;
  private int waiting;

  WatchConsole(
      PrintWriter out,
      PrintWriter err,
      Optional<LiveMetrics> metrics,
      Configuration configuration,
      Runnable claimed) {
    this.out = out;
    this.err = err;
    this.metrics = metrics;
    this.configuration = configuration;
    this.claimed = claimed;
  }

  @Override
  public void claimed() {
    claimed.run();
  }

  @Override
  public void changed(WatchReport report) {
    latest = Optional.of(report);
    report.last().filter(batch -> batch.batch() != printed).ifPresent(this::print);
    if (report.waitingFiles() > waiting) {
      out.println(
          Text.format(
              "%s for content: %s",
              report.waitingFiles() == 1
                  ? "1 empty file waits"
                  : report.waitingFiles() + " empty files wait",
              String.join(", ", report.waiting())));
    }
    waiting = report.waitingFiles();
    out.flush();
    metrics.ifPresent(this::write);
  }

  private void print(WatchReport.LastBatch batch) {
    printed = batch.batch();
    out.println(
        Text.format(
            "batch %d: %s%s, %.1f s",
            batch.batch(),
            Text.counted(batch.rows(), "row", "rows"),
            batch.others() == 0
                ? ""
                : Text.format(
                    ", %s without a row (left-out/batch=%d)",
                    Text.counted(batch.others(), "file", "files"), batch.batch()),
            batch.seconds()));
  }

  private void write(LiveMetrics file) {
    try {
      file.write(this::addTo, configuration);
    } catch (IOException | RuntimeException e) {
      err.println(
          Text.format(
              "nightjar: the metrics could not be written to %s: %s. The rows are not affected.",
              file.location(), e.getMessage() == null ? e.toString() : e.getMessage()));
    }
  }

  /** Adds the numbers of the last change; none before the first. */
  void addTo(MetricFamilies families) {
    latest.ifPresent(report -> report.addTo(families));
  }
}
