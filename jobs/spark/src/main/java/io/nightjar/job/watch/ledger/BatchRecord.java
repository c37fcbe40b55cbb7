package io.nightjar.job.watch.ledger;

import java.util.List;

/**
 * All that a batch gave, kept before any of it is shown: what readers get is made of this alone,
 * and so is the same however often it is made.
 *
 * @param formatVersion of the document
 * @param batch its number, from 0
 * @param category of the bank
 * @param bankVersion the version of the bank that images were compared with
 * @param scored when the batch was scored, in milliseconds since 1970
 * @param mapHeight rows of each map
 * @param mapWidth columns of each map
 * @param decided whether rows have a p-value and a verdict
 * @param files in the order of the batch
 */
public record BatchRecord(
    int formatVersion,
    int batch,
    String category,
    int bankVersion,
    long scored,
    int mapHeight,
    int mapWidth,
    boolean decided,
    List<FileEntry> files) {
  /** The newest version of the format. */
  public static final int FORMAT = 1;

  /** Copies the files. */
  public BatchRecord {
    files = List.copyOf(files);
  }

  /**
   * The files that have a row.
   *
   * @return in the order of the batch
   */
  public List<FileEntry> rows() {
    return files.stream().filter(file -> file.outcome() == Outcome.SCORED).toList();
  }

  /**
   * The files that have none.
   *
   * @return in the order of the batch
   */
  public List<FileEntry> others() {
    return files.stream().filter(file -> file.outcome() != Outcome.SCORED).toList();
  }
}
