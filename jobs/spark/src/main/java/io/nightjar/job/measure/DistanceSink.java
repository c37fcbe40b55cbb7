package io.nightjar.job.measure;

import io.nightjar.job.embed.SourceImage;
import java.io.Serializable;
import java.util.List;

/** Receives the distances of test images' patches, within tasks, before they become maps. */
public interface DistanceSink extends Serializable {

  /** Keeps nothing. */
  DistanceSink NONE = (images, distances) -> {};

  /**
   * Takes the distances of some images; a task that runs twice hands them over twice.
   *
   * @param distances of all patches, image after image
   */
  void accept(List<SourceImage> images, float[] distances);
}
