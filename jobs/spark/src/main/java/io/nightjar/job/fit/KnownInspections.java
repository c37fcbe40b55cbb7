package io.nightjar.job.fit;

import io.nightjar.dataset.ImageRef;
import java.util.List;
import java.util.Map;

/** What earlier runs found when they inspected files of the same content. */
public interface KnownInspections {

  /** Nothing is known, and nothing is kept. */
  KnownInspections NONE =
      new KnownInspections() {
        @Override
        public Map<ImageRef, Inspected> find(
            List<ImageRef> images, boolean masks, boolean samples) {
          return Map.of();
        }

        @Override
        public void keep(Map<ImageRef, Inspected> found, boolean masks, boolean samples) {
          // No one asks for it.
        }
      };

  /**
   * What is known of some images.
   *
   * @param masks whether masks are decoded
   * @param samples whether images of more than 8 bits are decoded
   * @return none that was left out
   */
  Map<ImageRef, Inspected> find(List<ImageRef> images, boolean masks, boolean samples);

  /** Keeps what was found of other images, for later runs. */
  void keep(Map<ImageRef, Inspected> found, boolean masks, boolean samples);
}
