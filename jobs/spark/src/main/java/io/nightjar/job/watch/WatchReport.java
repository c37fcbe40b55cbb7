package io.nightjar.job.watch;

import io.nightjar.job.watch.ledger.Totals;
import io.nightjar.metric.drift.DriftScore;
import io.nightjar.metric.drift.ScoreDistribution;
import io.nightjar.metric.drift.ScoreDrift;
import io.nightjar.report.openmetrics.Family;
import io.nightjar.report.openmetrics.MetricFamilies;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far a watch is.
 *
 * @param category of the bank
 * @param bankVersion in use
 * @param decided whether rows have a verdict; where they have none, no number of anomalous images
 *     is shown
 * @param batches in the folder, of this and earlier processes
 * @param files in the folder, by what became of them
 * @param waiting the empty files of the last listing, by their paths, at most 100 of them
 * @param waitingFiles how many there were
 * @param last the batch that this process scored last; empty before the first
 * @param recent the last images that were compared with this version of the bank
 */
public record WatchReport(
    String category,
    int bankVersion,
    boolean decided,
    int batches,
    Totals files,
    List<String> waiting,
    int waitingFiles,
    Optional<LastBatch> last,
    Recent recent) {
  private static final List<Double> FRACTIONS = List.of(0.5, 0.95, 1.0);
  private static final String CATEGORY = "category";

  /**
   * A batch.
   *
   * @param batch its number, from 0
   * @param rows files with a row
   * @param others files without
   * @param scored when it was scored, in milliseconds since 1970
   * @param seconds from its start to its rows
   * @param delaySeconds the longest time from the modification of a file to its row; NaN without
   *     rows
   */
  public record LastBatch(
      int batch, int rows, int others, long scored, double seconds, double delaySeconds) {}

  /**
   * The last images that were compared with the version of the bank in use.
   *
   * @param images how many, at most {@code --drift-window}
   * @param anomalous how many of them have the verdict anomalous; 0 where nothing is decided
   * @param imageScores of them; empty without an image
   * @param drift of their largest distances from those of the bank's own images; empty without an
   *     image, or where the bank keeps none
   */
  public record Recent(
      int images,
      long anomalous,
      Optional<ScoreDistribution> imageScores,
      Optional<ScoreDrift> drift) {}

  /**
   * Adds all numbers.
   *
   * @param families that the numbers are added to
   */
  public void addTo(MetricFamilies families) {
    families
        .add(Family.IMAGES, (double) files.scored(), CATEGORY, category, "use", "scored")
        .add(Family.QUARANTINED, (double) files.quarantined(), CATEGORY, category)
        .add(Family.WATCH_BATCHES, batches, CATEGORY, category)
        .add(Family.WATCH_WAITING, waitingFiles, CATEGORY, category)
        .add(Family.WATCH_BANK_VERSION, bankVersion, CATEGORY, category);
    if (decided) {
      families.add(Family.WATCH_ANOMALOUS, (double) files.anomalous(), CATEGORY, category);
    }
    for (Map.Entry<String, Long> outcome : files.byOutcome().entrySet()) {
      families.add(
          Family.WATCH_FILES, outcome.getValue(), CATEGORY, category, "outcome", outcome.getKey());
    }
    last.ifPresent(
        batch ->
            families
                .add(Family.WATCH_BATCH_SECONDS, batch.seconds(), CATEGORY, category)
                .add(Family.WATCH_DELAY, batch.delaySeconds(), CATEGORY, category)
                .add(Family.WATCH_LAST_BATCH, batch.scored() / 1e3, CATEGORY, category));
    recent.imageScores().ifPresent(scores -> addRecent(scores, families));
    recent
        .drift()
        .ifPresent(
            drift -> {
              String[] labels = {CATEGORY, category, "score", DriftScore.LARGEST.key()};
              families
                  .add(Family.DRIFTED, drift.drifted(), CATEGORY, category)
                  .add(Family.DRIFT_PSI, drift.psi().value(), labels)
                  .add(Family.DRIFT_PSI_LIMIT, drift.psiLimit(), labels)
                  .add(Family.DRIFT_KS_P_VALUE, drift.ks().pValue(), labels);
            });
  }

  private void addRecent(ScoreDistribution scores, MetricFamilies families) {
    for (double fraction : FRACTIONS) {
      families.add(
          Family.IMAGE_SCORE,
          scores.quantile(fraction),
          CATEGORY,
          category,
          "fraction",
          Double.toString(fraction));
    }
    if (decided) {
      families.add(
          Family.WATCH_ANOMALOUS_RATIO,
          (double) recent.anomalous() / recent.images(),
          CATEGORY,
          category);
    }
  }
}
