package io.nightjar.job.embed;

import io.nightjar.backbone.graph.PatchLayout;
import io.nightjar.dataset.ImageRef;
import java.util.Optional;

/** No patches are kept; an enum, so that there is one of it in every process. */
enum NoPatches implements KeptPatches {
  NONE;

  @Override
  public boolean isNone() {
    return true;
  }

  @Override
  public boolean has(ImageRef image) {
    return false;
  }

  @Override
  public Optional<Kept> find(ImageRef image, PatchLayout layout) {
    return Optional.empty();
  }

  @Override
  public void keep(Kept patches) {
    // By its contract.
  }
}
