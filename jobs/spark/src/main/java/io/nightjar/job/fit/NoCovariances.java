package io.nightjar.job.fit;

import io.nightjar.job.embed.Chunk;
import java.util.Optional;

/** No covariances are kept; an enum, so that there is one of it in every process. */
enum NoCovariances implements KeptCovariances {
  NONE;

  @Override
  public boolean isNone() {
    return true;
  }

  @Override
  public Optional<Kept> find(Chunk chunk, int channels) {
    return Optional.empty();
  }

  @Override
  public void keep(Chunk chunk, Kept sums) {
    // By its contract.
  }
}
