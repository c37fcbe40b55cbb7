package io.nightjar.backbone;

import io.nightjar.backbone.engine.DeviceChoice;
import io.nightjar.backbone.engine.LoadedBackbone;
import io.nightjar.backbone.engine.LoadedBackbones;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.patch.LinearReduction;
import io.nightjar.backbone.spec.Size;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.text.Text;
import io.nightjar.tile.Tiling;
import java.util.List;
import java.util.Optional;

/**
 * A backbone of this process, loaded once however many callers use it: the first call loads it, and
 * it stays loaded until others are used more. Knows nothing of Spark.
 *
 * @param model the network with its weights
 * @param output what it is loaded for
 * @param choice the device that computes
 * @param threads CPU threads that compute one batch, at least 1
 */
public record SharedBackbone(
    BackboneModel model, LoadedBackbone.Output output, DeviceChoice choice, int threads) {
  /**
   * A run has a model for maps and one for reduced patches, and runs that compare settings have a
   * few in turn; more would only use memory.
   */
  private static final int CAPACITY = 4;

  private static final LoadedBackbones BACKBONES = new LoadedBackbones(CAPACITY);

  /**
   * Checks the number of threads.
   *
   * @param model the network with its weights
   * @param output what it is loaded for
   * @param choice the device that computes
   * @param threads CPU threads that compute one batch, at least 1
   */
  public SharedBackbone {
    if (threads < 1) {
      throw new IllegalArgumentException("An embedder needs at least 1 thread, not " + threads);
    }
    // A tile is to the network what an image is, so that all tiles share what is loaded.
    model = model.at(model.spec().tiled(Tiling.WHOLE));
  }

  /**
   * Loads it, and keeps it loaded until the lease is closed.
   *
   * @return the lease, to be closed by the caller
   */
  public LoadedBackbones.Lease acquire() {
    return BACKBONES.acquire(model, output, choice, threads);
  }

  /**
   * Embeds a batch.
   *
   * @param images at every size that the backbone takes, as {@link
   *     io.nightjar.backbone.engine.NetworkInputs} makes them; at least one
   * @param reduction present where the backbone reduces its patches
   * @return as {@link LoadedBackbone#embed} gives it, with the places that the reduction adds
   * @throws IllegalArgumentException for an empty batch or an image of another size
   */
  public List<float[]> embed(List<RgbImage> images, Optional<LinearReduction> reduction) {
    List<Size> sizes = model.spec().imageSizes();
    if (images.isEmpty() || images.size() % sizes.size() != 0) {
      throw new IllegalArgumentException(
          images.isEmpty()
              ? "A batch needs at least one image"
              : Text.format("%d inputs are not images at the sizes %s", images.size(), sizes));
    }
    for (int i = 0; i < images.size(); i++) {
      RgbImage image = images.get(i);
      Size size = sizes.get(i % sizes.size());
      if (image.width() != size.width() || image.height() != size.height()) {
        throw new IllegalArgumentException(
            Text.format(
                "The backbone takes images of %d x %d pixels, not %d x %d",
                size.width(), size.height(), image.width(), image.height()));
      }
    }
    try (LoadedBackbones.Lease lease = acquire()) {
      List<float[]> values = lease.backbone().embed(images, output, reduction);
      return reduction.map(linear -> List.of(linear.placed(values.get(0)))).orElse(values);
    }
  }

  /** Models loaded so far by this process. */
  static long loads() {
    return BACKBONES.loads();
  }
}
