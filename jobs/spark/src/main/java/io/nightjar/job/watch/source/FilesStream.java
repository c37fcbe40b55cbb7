package io.nightjar.job.watch.source;

import io.nightjar.job.watch.ledger.ListedFile;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.connector.read.streaming.SupportsTriggerAvailableNow;

/** The batches of a folder, one after another; an offset is how many there are before it. */
final class FilesStream implements MicroBatchStream, SupportsTriggerAvailableNow {
  /** More would only keep a core waiting for the others at the end of a batch. */
  private static final int MOST_FILES_OF_A_TASK = 32;

  private final WatchedFolder folder;

  FilesStream(WatchedFolder folder) {
    this.folder = folder;
  }

  /** How many batches there are before it. */
  static final class Batches extends Offset {
    private final int number;

    Batches(int number) {
      this.number = number;
    }

    static int of(Offset offset) {
      return ((Batches) offset).number;
    }

    @Override
    public String json() {
      return Integer.toString(number);
    }
  }

  /** Some files of a batch, for one task. */
  record Files(List<ListedFile> files) implements InputPartition {
    private static final long serialVersionUID = 1L;

    Files {
      files = new ArrayList<>(files);
    }
  }

  @Override
  public Offset initialOffset() {
    return new Batches(0);
  }

  @Override
  public Offset deserializeOffset(String json) {
    return new Batches(Integer.parseInt(json.strip()));
  }

  @Override
  public ReadLimit getDefaultReadLimit() {
    return ReadLimit.allAvailable();
  }

  @Override
  public void prepareForTriggerAvailableNow() {
    folder.listLast();
  }

  /**
   * One batch at a time, whatever Spark would take; null where there has been none yet. Spark holds
   * the first offset that it is given for new data, even if it equals {@link #initialOffset}, and
   * would run a batch without files under the number of the first one with files.
   */
  @Override
  public Offset latestOffset(Offset start, ReadLimit limit) {
    int batches = folder.next(Batches.of(start));
    return batches == 0 ? null : new Batches(batches);
  }

  @Override
  public Offset latestOffset() {
    throw new UnsupportedOperationException("Spark asks for the offset after another one");
  }

  @Override
  public InputPartition[] planInputPartitions(Offset start, Offset end) {
    List<ListedFile> files = folder.files(Batches.of(start), Batches.of(end));
    int parts = Math.max(Math.min(files.size(), folder.cores()), parts(files.size()));
    InputPartition[] partitions = new InputPartition[parts];
    for (int i = 0; i < parts; i++) {
      partitions[i] =
          new Files(
              files.subList(
                  (int) ((long) files.size() * i / parts),
                  (int) ((long) files.size() * (i + 1) / parts)));
    }
    return partitions;
  }

  private static int parts(int files) {
    return (files + MOST_FILES_OF_A_TASK - 1) / MOST_FILES_OF_A_TASK;
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new FilesReaderFactory(folder.root().toString(), folder.configuration());
  }

  @Override
  public void commit(Offset end) {
    // The ledger keeps the last batches by itself.
  }

  @Override
  public void stop() {
    // The folder belongs to the watch.
  }
}
