package io.nightjar.job.artifact;

import io.nightjar.dataset.ImageRef;
import io.nightjar.job.measure.CountedImage;
import io.nightjar.job.measure.ScoredPart;
import io.nightjar.job.run.FileOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Test images that were counted before, with their counts.
 *
 * @param part their counts
 * @param images by their paths
 */
public record KnownCounts(ScoredPart part, Map<String, CountedImage> images) {

  /** Of no image. */
  public static KnownCounts none() {
    return new KnownCounts(ScoredPart.empty(), Map.of());
  }

  /** Whether an image is among them. */
  public boolean holds(ImageRef image) {
    return images.containsKey(image.relativePath());
  }

  /** Their files, which were read, if only for their hashes. */
  public List<FileOutcome> outcomes() {
    List<FileOutcome> outcomes = new ArrayList<>();
    images.forEach(
        (path, image) -> {
          outcomes.add(new FileOutcome(path, image.sha256(), ""));
          if (!image.masks().isEmpty()) {
            outcomes.add(new FileOutcome(path + "#mask", image.masks(), ""));
          }
        });
    return outcomes;
  }
}
