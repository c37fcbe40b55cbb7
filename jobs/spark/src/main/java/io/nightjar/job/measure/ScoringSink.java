package io.nightjar.job.measure;

import io.nightjar.job.embed.SourceImage;
import io.nightjar.metric.CategoryCounts;
import java.io.Serializable;
import java.util.List;

/** Receives what scoring finds of test images, batch by batch, within tasks. */
public interface ScoringSink extends Serializable {

  /** Keeps nothing. */
  ScoringSink NONE =
      new ScoringSink() {
        private static final long serialVersionUID = 1L;

        @Override
        public void distances(List<SourceImage> images, float[] distances) {
          // No one asked for them.
        }

        @Override
        public boolean takesCounts() {
          return false;
        }

        @Override
        public void counts(List<CountedImage> images, CategoryCounts counts) {
          // No one asked for them.
        }
      };

  /**
   * Takes the distances of some images' patches before they become maps; a task that runs twice
   * hands them over twice.
   *
   * @param distances of all patches, image after image
   */
  void distances(List<SourceImage> images, float[] distances);

  /**
   * Numbers of neighbours that other runs will ask for: their distances come out of one search.
   *
   * @return none where no one asks for them
   */
  default List<Integer> otherNeighbours() {
    return List.of();
  }

  /**
   * Takes the distances of some images' patches for another number of neighbours.
   *
   * @param neighbours one of {@link #otherNeighbours}
   * @param distances of all patches, image after image
   */
  default void distances(int neighbours, List<SourceImage> images, float[] distances) {}

  /** Whether each batch is to be counted on its own, for {@link #counts}. */
  boolean takesCounts();

  /**
   * Takes the counts of a batch.
   *
   * @param images all that were counted, at least one
   * @param counts of these images alone; not to be changed
   */
  void counts(List<CountedImage> images, CategoryCounts counts);
}
