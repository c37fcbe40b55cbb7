package io.nightjar.job.drift;

import io.nightjar.job.ScoreImages;
import io.nightjar.report.CategoryDistribution;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A finished run of {@link ScoreImages} as it lies in its folder.
 *
 * @param uri the folder, qualified
 * @param distributions of its categories, at least one
 */
public record ScoreRun(String uri, List<CategoryDistribution> distributions) {
  /** Keeps a copy of the distributions. */
  public ScoreRun {
    distributions = List.copyOf(distributions);
  }

  Instant started() {
    return distributions.get(0).started();
  }

  Optional<CategoryDistribution> of(String category) {
    return distributions.stream().filter(found -> found.category().equals(category)).findFirst();
  }
}
