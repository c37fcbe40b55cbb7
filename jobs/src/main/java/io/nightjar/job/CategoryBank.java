package io.nightjar.job;

import java.util.List;

/** The memory bank of a category, ready for the test images, wherever its rows lie. */
interface CategoryBank extends AutoCloseable {

  BankPlace place();

  /**
   * Scores test images; results do not depend on where the rows lie.
   *
   * @param chunks one batch each
   * @param stages told how far it has come
   */
  ScoredPart score(List<Chunk> chunks, MapScoring scoring, StageReport stages);

  /** Frees what the executors hold. */
  @Override
  void close();

  /** Images of chunks. */
  static int images(List<Chunk> chunks) {
    return chunks.stream().mapToInt(chunk -> chunk.images().size()).sum();
  }
}
