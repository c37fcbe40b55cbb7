package io.nightjar.backbone.engine;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.patch.LinearReduction;
import io.nightjar.backbone.patch.PatchMaps;
import io.nightjar.dataset.image.RgbImage;
import java.util.List;
import java.util.Optional;

/** A backbone in native memory, ready to run on one device; safe for use by several threads. */
public interface LoadedBackbone extends AutoCloseable {

  /** The output of a loaded backbone. */
  enum Output {
    /** Patch embeddings. */
    PATCHES,
    /** The maps that patch embeddings are made of, see {@link PatchMaps}. */
    MAPS,
    /**
     * Patches reduced by the {@link LinearReduction} that comes with each batch, as its {@link
     * LinearReduction#reduce} does: without their places on the grid.
     */
    REDUCED
  }

  /**
   * Loads a backbone.
   *
   * @param output the output that {@link #embed} will be asked for
   * @param threads CPU threads that compute one call
   */
  static LoadedBackbone load(
      BackboneModel backbone,
      BackboneEngine engine,
      Output output,
      DeviceChoice device,
      int threads) {
    if (backbone.spec().branches().size() > 1) {
      return BranchedBackbone.load(backbone, engine, output, device, threads);
    }
    return new HalvingBackbone(
        switch (engine) {
          case ONEDNN -> OneDnnBackbone.load(backbone, threads);
          case ONNX_RUNTIME -> OnnxRuntimeBackbone.load(backbone, output, device, threads);
        });
  }

  /**
   * Embeds images of the backbone's size.
   *
   * @param images each at every size that the backbone takes, as {@link NetworkInputs} makes them
   * @param output the output that the backbone was loaded for
   * @param reduction present for {@link Output#REDUCED}, else empty
   * @return one array, or for {@link Output#MAPS} one a level of the layout
   */
  List<float[]> embed(List<RgbImage> images, Output output, Optional<LinearReduction> reduction);

  @Override
  void close();
}
