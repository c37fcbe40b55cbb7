package io.nightjar.job.watch;

import io.nightjar.job.watch.ledger.BatchRecord;
import io.nightjar.job.watch.ledger.FileEntry;
import io.nightjar.job.watch.ledger.Ledger;
import io.nightjar.job.watch.ledger.ListedFile;
import io.nightjar.job.watch.ledger.Outcome;
import io.nightjar.job.watch.ledger.RowValues;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Scores a batch once and keeps all that it gave: one job reads, hashes, decodes and scores each
 * file's bytes, so that the hash, the scores and the map of a row are of the same bytes. What the
 * rows say is compared with what the batch was to hold.
 *
 * @param decided whether rows have a p-value and a verdict
 */
record BatchScoring(Ledger ledger, boolean decided) {

  /**
   * Scores the next batch.
   *
   * @param files a row for each, as the source gives them
   * @return its record, which is on storage
   */
  BatchRecord score(int batch, Dataset<Row> files, BankInUse.Opened bank) {
    Map<String, Row> rows = new HashMap<>();
    for (Row row : bank.scorer().score(files).collectAsList()) {
      Row other = rows.put(row.getAs("path"), row);
      if (other != null) {
        throw new IllegalStateException(
            Text.format("Batch %d has two rows of %s", batch, row.getAs("path")));
      }
    }
    List<FileEntry> entries = new ArrayList<>();
    for (ListedFile file : ledger.files(batch)) {
      entries.add(entry(file, rows.remove(file.path())));
    }
    if (!rows.isEmpty()) {
      throw new IllegalStateException(
          Text.format(
              "Batch %d has rows of files that it does not hold: %s", batch, rows.keySet()));
    }
    BatchRecord record =
        new BatchRecord(
            BatchRecord.FORMAT,
            batch,
            bank.scorer().category(),
            bank.scorer().version(),
            System.currentTimeMillis(),
            bank.grid().height(),
            bank.grid().width(),
            decided,
            entries);
    ledger.enter(record);
    return record;
  }

  private FileEntry entry(ListedFile file, Row row) {
    if (row == null) {
      return new FileEntry(
          file, Outcome.MISSING, "The batch gave no row for the file; it is read again.", "", null);
    }
    String fault = row.getAs("fault");
    if (fault != null) {
      return new FileEntry(file, Outcome.valueOf(fault), row.getAs("detail"), "", null);
    }
    String sha256 = row.getAs("sha256");
    String reason = row.getAs("reason");
    if (reason != null) {
      return new FileEntry(file, Outcome.QUARANTINED, reason, sha256, null);
    }
    if (ledger.hasRow(file.path(), sha256)) {
      return new FileEntry(
          file, Outcome.REPEATED, "There is a row of these bytes and this path.", sha256, null);
    }
    return new FileEntry(file, Outcome.SCORED, "", sha256, values(row));
  }

  private RowValues values(Row row) {
    return new RowValues(
        row.<Float>getAs("image_score"),
        row.<Float>getAs("map_max"),
        row.<Double>getAs("map_mean"),
        row.<Integer>getAs("width"),
        row.<Integer>getAs("height"),
        row.<Float>getAs(ImageScoreKind.MAX.column()),
        row.<Float>getAs(ImageScoreKind.TOP3.column()),
        row.<Float>getAs(ImageScoreKind.TOP1_PERCENT.column()),
        decided ? row.<Double>getAs("p_value") : 0,
        decided ? row.<String>getAs("verdict") : "",
        RowValues.bytes(distances(row.getList(row.fieldIndex("map")))));
  }

  private static float[] distances(List<Float> map) {
    float[] distances = new float[map.size()];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = map.get(i);
    }
    return distances;
  }
}
