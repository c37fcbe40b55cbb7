package io.nightjar.job.fit;

import io.nightjar.job.embed.Chunk;
import io.nightjar.pca.covariance.PartialCovariance;
import java.util.List;
import java.util.Optional;

/** No covariances are kept; an enum, so that there is one of it in every process. */
enum NoCovariances implements KeptCovariances {
  NONE;

  @Override
  public boolean isNone() {
    return true;
  }

  @Override
  public Optional<List<PatchBlock.Source>> images(Chunk chunk) {
    return Optional.empty();
  }

  @Override
  public Optional<PartialCovariance> find(int chunk, List<Integer> channels) {
    return Optional.empty();
  }

  @Override
  public void keep(Chunk chunk, Kept sums) {
    // By its contract.
  }
}
