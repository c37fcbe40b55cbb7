package io.nightjar.backbone;

import io.nightjar.dataset.RgbImage;
import java.util.List;
import java.util.Optional;

/** A trunk in native memory, ready to run on one device; safe for use by several threads. */
interface LoadedTrunk extends AutoCloseable {

  /** What comes out of a loaded trunk. */
  enum Output {
    /** Patch embeddings. */
    PATCHES,
    /** The maps that patch embeddings are made of, see {@link PatchMaps}. */
    MAPS,
    /** Patches reduced by the {@link LinearReduction} that comes with each batch. */
    REDUCED
  }

  /**
   * Loads a trunk.
   *
   * @param output what the trunk will be asked for
   * @param threads CPU threads that compute one call
   */
  static LoadedTrunk load(
      TrunkModel trunk, TrunkEngine engine, Output output, DeviceChoice device, int threads) {
    return switch (engine) {
      case ONEDNN -> OneDnnTrunk.load(trunk, threads);
      case ONNX_RUNTIME -> OrtTrunk.load(trunk, output, device, threads);
    };
  }

  /**
   * Embeds pictures of the trunk's size.
   *
   * @param output what the trunk was loaded for
   * @param reduction present for {@link Output#REDUCED}, else empty
   * @return one array, or for {@link Output#MAPS} one a level of the layout
   */
  List<float[]> embed(List<RgbImage> images, Output output, Optional<LinearReduction> reduction);

  @Override
  void close();
}
