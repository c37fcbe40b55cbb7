package io.nightjar.job.watch.ledger;

import io.nightjar.io.HadoopPaths;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Which files a watch has seen, in which batch, and what became of them. A batch is written twice:
 * its files before anyone is given them, and its record before anything is shown of it. So a watch
 * that was killed at any moment finds which files a batch holds, and whether it has been scored.
 *
 * <p>From time to time all is written as one snapshot, and the batches before it are deleted. The
 * ledger remembers every path that had a row for as long as the folder is used.
 */
public final class Ledger {
  /** The fewest batches between two snapshots. */
  private static final int FEWEST_BATCHES = 64;

  private final LedgerFiles listed;
  private final LedgerFiles scored;
  private final LedgerFiles snapshots;
  private final int fewestBatches;

  private final Map<String, Known> known = new HashMap<>();
  private final TreeMap<Integer, List<ListedFile>> open = new TreeMap<>();
  private final Set<ListedFile> inOpen = new HashSet<>();
  private Totals totals = Totals.NONE;
  private int done;
  private int snapshotBatches;
  private int snapshotFiles;
  private int filesSince;

  /**
   * The last version of a file that was read.
   *
   * @param hashes of the bytes that this path has rows of
   */
  record Known(String path, long length, long modified, Outcome outcome, List<String> hashes) {
    boolean isVersion(ListedFile file) {
      return length == file.length() && modified == file.modified();
    }
  }

  private record Snapshot(int formatVersion, int batches, Totals totals, List<Known> files) {}

  private record Batch(int formatVersion, int batch, List<ListedFile> files) {}

  private Ledger(FileSystem files, Path folder, int fewestBatches, Configuration configuration) {
    this.listed = new LedgerFiles(files, HadoopPaths.child(folder, "listed"), configuration);
    this.scored = new LedgerFiles(files, HadoopPaths.child(folder, "scored"), configuration);
    this.snapshots = new LedgerFiles(files, HadoopPaths.child(folder, "known"), configuration);
    this.fewestBatches = fewestBatches;
  }

  /**
   * The ledger in a folder, which need not exist.
   *
   * @param files the file system of the folder
   * @param folder that no one else writes to
   * @param configuration of the file system
   * @return with all that it remembers
   * @throws IllegalStateException if a file of it is missing or damaged
   */
  public static Ledger open(FileSystem files, Path folder, Configuration configuration) {
    return open(files, folder, FEWEST_BATCHES, configuration);
  }

  static Ledger open(
      FileSystem files, Path folder, int fewestBatches, Configuration configuration) {
    Ledger ledger = new Ledger(files, folder, fewestBatches, configuration);
    ledger.load();
    return ledger;
  }

  private void load() {
    if (!snapshots.numbers().isEmpty()) {
      Snapshot last = snapshots.read(snapshots.numbers().last(), Snapshot.class).orElseThrow();
      last.files().forEach(file -> known.put(file.path(), file));
      totals = last.totals();
      done = last.batches();
      snapshotBatches = done;
      snapshotFiles = known.size();
    }
    for (int number : scored.numbers().tailSet(done)) {
      requireNext(number, done, "scored");
      apply(scored.read(number, BatchRecord.class).orElseThrow());
    }
    int next = done;
    for (int number : listed.numbers().tailSet(done)) {
      requireNext(number, next, "listed");
      add(number, listed.read(number, Batch.class).orElseThrow().files());
      next++;
    }
  }

  private static void requireNext(int found, int expected, String kind) {
    if (found != expected) {
      throw new IllegalStateException(
          Text.format(
              "The watch lacks its file %s/%d.json, although it has %s/%d.json. Restore it, or begin"
                  + " with a new folder.",
              kind, expected, kind, found));
    }
  }

  /**
   * The number of batches that have been listed, scored or not: the number of the next one.
   *
   * @return at least {@link #scoredBatches}
   */
  public synchronized int listedBatches() {
    return open.isEmpty() ? done : open.lastKey() + 1;
  }

  /**
   * The number of batches with a record.
   *
   * @return at least 0
   */
  public synchronized int scoredBatches() {
    return done;
  }

  /**
   * What became of the files so far.
   *
   * @return over all batches with a record
   */
  public synchronized Totals totals() {
    return totals;
  }

  /**
   * Whether a file is to be read: no batch has this version of it, or one that could not read it.
   *
   * @param file of a listing
   * @return false where it is known
   */
  public synchronized boolean wants(ListedFile file) {
    if (inOpen.contains(file)) {
      return false;
    }
    Known last = known.get(file.path());
    return last == null || !last.isVersion(file) || !last.outcome().isFinal();
  }

  /**
   * Whether a path has a row of some bytes.
   *
   * @param path below the watched folder
   * @param sha256 of the bytes
   * @return false where it has none, or rows of other bytes
   */
  public synchronized boolean hasRow(String path, String sha256) {
    Known last = known.get(path);
    return last != null && last.hashes().contains(sha256);
  }

  /**
   * Adds a batch, which is on storage when this returns.
   *
   * @param files of the batch, each path once
   */
  public synchronized void append(List<ListedFile> files) {
    int number = listedBatches();
    listed.write(number, new Batch(BatchRecord.FORMAT, number, files));
    add(number, files);
  }

  private void add(int number, List<ListedFile> files) {
    open.put(number, List.copyOf(files));
    inOpen.addAll(files);
  }

  /**
   * The files of a batch.
   *
   * @param number of a batch that has been listed
   * @return in their order
   */
  public synchronized List<ListedFile> files(int number) {
    List<ListedFile> files = open.get(number);
    return files != null
        ? files
        : record(number)
            .orElseThrow(
                () -> new IllegalStateException(Text.format("There is no batch %d", number)))
            .files()
            .stream()
            .map(FileEntry::file)
            .toList();
  }

  /**
   * The record of a batch.
   *
   * @param number of a batch
   * @return empty where it has not been scored
   * @throws IllegalStateException where it has been, and its record is deleted
   */
  public synchronized Optional<BatchRecord> record(int number) {
    if (number >= done) {
      return Optional.empty();
    }
    Optional<BatchRecord> found = scored.read(number, BatchRecord.class);
    if (found.isEmpty()) {
      throw new IllegalStateException(
          Text.format(
              "Batch %d was scored long ago, and its record is no longer there: Spark's checkpoint is"
                  + " older than the watch. Begin with a new folder.",
              number));
    }
    return found;
  }

  /**
   * Keeps the record of the next batch, which is on storage when this returns.
   *
   * @param record of batch {@link #scoredBatches}
   */
  public synchronized void enter(BatchRecord record) {
    if (record.batch() != done) {
      throw new IllegalStateException(
          Text.format("Batch %d was scored where batch %d is next", record.batch(), done));
    }
    if (done - snapshotBatches >= fewestBatches && filesSince >= snapshotFiles / 4) {
      writeSnapshot();
    }
    scored.write(record.batch(), record);
    apply(record);
  }

  /** All batches before the next one are committed, so that no one asks for their records. */
  private void writeSnapshot() {
    snapshots.write(
        done, new Snapshot(BatchRecord.FORMAT, done, totals, List.copyOf(known.values())));
    snapshots.numbers().headSet(done).forEach(snapshots::delete);
    scored.numbers().headSet(done).forEach(scored::delete);
    listed.numbers().headSet(done).forEach(listed::delete);
    snapshotBatches = done;
    snapshotFiles = known.size();
    filesSince = 0;
  }

  private void apply(BatchRecord record) {
    for (FileEntry entry : record.files()) {
      ListedFile file = entry.file();
      Known last = known.get(file.path());
      List<String> hashes = last == null ? List.of() : last.hashes();
      if (entry.outcome() == Outcome.SCORED) {
        List<String> more = new ArrayList<>(hashes);
        more.add(entry.sha256());
        hashes = List.copyOf(more);
      }
      known.put(
          file.path(),
          new Known(file.path(), file.length(), file.modified(), entry.outcome(), hashes));
      inOpen.remove(file);
    }
    filesSince += record.files().size();
    totals = totals.plus(record);
    open.remove(record.batch());
    done = record.batch() + 1;
  }
}
