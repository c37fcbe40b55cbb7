package io.nightjar.job.watch;

import io.nightjar.job.watch.ledger.BatchRecord;
import io.nightjar.job.watch.ledger.FileEntry;
import io.nightjar.job.watch.ledger.Ledger;
import io.nightjar.job.watch.ledger.ListedFile;
import io.nightjar.job.watch.ledger.Totals;
import io.nightjar.job.watch.source.Listing;
import io.nightjar.text.Addresses;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One process's watch of a folder: what is done with a batch, and what is said of it. */
final class Watch {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

  /** More would make the summary long, and say no more. */
  private static final int NAMED = 100;

  private final WatchPlace place;
  private final Ledger ledger;
  private final BankInUse bank;
  private final boolean decided;
  private final BatchScoring scoring;
  private final BatchTables tables;
  private final ScoreWindow window;
  private final WatchListener listener;
  private final Map<String, Object> options;
  private final Instant started = Instant.now();

  private List<ListedFile> waiting = List.of();
  private Optional<WatchReport.LastBatch> last = Optional.empty();
  private Totals own = Totals.NONE;
  private final Set<String> leftOut = new HashSet<>();
  private BankInUse.Opened opened;

  Watch(
      WatchPlace place,
      Ledger ledger,
      BankInUse bank,
      boolean decided,
      int driftWindow,
      WatchListener listener,
      Map<String, Object> options) {
    this.place = place;
    this.ledger = ledger;
    this.bank = bank;
    this.decided = decided;
    this.scoring = new BatchScoring(ledger, decided);
    this.tables = place.tables();
    this.window = new ScoreWindow(driftWindow);
    this.listener = listener;
    this.options = options;
    this.opened = bank.current();
  }

  /**
   * Does a batch, or what is left to do of it: it is scored where it has no record, and shown where
   * readers do not have it yet.
   */
  synchronized void batch(Dataset<Row> files, int batch) {
    long begun = System.nanoTime();
    place.requireHeld();
    Optional<BatchRecord> before = ledger.record(batch);
    if (before.isEmpty()) {
      opened = bank.current();
    }
    BatchRecord record = before.orElseGet(() -> scoring.score(batch, files, opened));
    tables.write(record);
    own = own.plus(record);
    for (FileEntry file : record.files()) {
      if (file.outcome().isLeftOut()) {
        leftOut.add(file.file().path());
      } else {
        leftOut.remove(file.file().path());
      }
    }
    window.add(record);
    last =
        Optional.of(
            new WatchReport.LastBatch(
                batch,
                record.rows().size(),
                record.others().size(),
                record.scored(),
                (System.nanoTime() - begun) / 1e9,
                delaySeconds(record)));
    for (FileEntry other : record.others()) {
      LOG.info(
          "{} of batch {} has no row ({}): {}",
          Addresses.redacted(other.file().path()),
          batch,
          other.outcome().id(),
          other.reason());
    }
    say();
  }

  private static double delaySeconds(BatchRecord record) {
    OptionalLong oldest = record.rows().stream().mapToLong(row -> row.file().modified()).min();
    return oldest.isEmpty() ? Double.NaN : (record.scored() - oldest.getAsLong()) / 1e3;
  }

  /** Takes in what a listing found empty. */
  synchronized void listed(Listing listing) {
    if (!listing.empty().equals(waiting)) {
      for (ListedFile file : listing.empty()) {
        if (!waiting.contains(file)) {
          LOG.info("{} is empty; it waits for its content", Addresses.redacted(file.path()));
        }
      }
      waiting = listing.empty();
      say();
    }
  }

  /** Writes the summary, and informs those who follow. */
  synchronized void say() {
    WatchReport report = report();
    try {
      place.write(WatchDocument.of(report, started, options));
    } catch (IOException e) {
      // The next batch writes it; the rows are there.
      LOG.warn("The summary of the watch could not be written", e);
    }
    listener.changed(report);
  }

  synchronized WatchReport report() {
    return new WatchReport(
        opened.scorer().category(),
        opened.scorer().version(),
        decided,
        ledger.scoredBatches(),
        ledger.totals(),
        waiting.stream().limit(NAMED).map(ListedFile::path).toList(),
        waiting.size(),
        last,
        new WatchReport.Recent(
            window.images(),
            window.anomalous(),
            window.imageScores(),
            window.drift(opened.reference())));
  }

  /** Paths that this process's batches had no row for when they last had them. */
  synchronized int leftOut() {
    return leftOut.size();
  }

  /** What became of the files of this process's batches. */
  synchronized Totals own() {
    return own;
  }
}
