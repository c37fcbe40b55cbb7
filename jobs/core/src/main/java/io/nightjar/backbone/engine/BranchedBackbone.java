package io.nightjar.backbone.engine;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.patch.LinearReduction;
import io.nightjar.backbone.patch.PatchRows;
import io.nightjar.dataset.image.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A backbone of several networks or image sizes: one for each, whose patches are concatenated. The
 * values of each branch are those that it computes alone.
 *
 * @param branches all sizes of the first network, in their order, then those of the next
 * @param sizes at which each image comes
 * @param patches of an image
 */
record BranchedBackbone(List<LoadedBackbone> branches, int sizes, int patches)
    implements LoadedBackbone {

  /** Loads all branches, or none where one cannot be loaded. */
  static BranchedBackbone load(
      BackboneModel backbone,
      BackboneEngine engine,
      Output output,
      DeviceChoice device,
      int threads) {
    List<LoadedBackbone> loaded = new ArrayList<>();
    try {
      for (BackboneModel branch : backbone.branches()) {
        loaded.add(LoadedBackbone.load(branch, engine, output, device, threads));
      }
      return new BranchedBackbone(
          loaded, backbone.spec().imageSizes().size(), backbone.spec().patches());
    } catch (RuntimeException | Error e) {
      loaded.forEach(LoadedBackbone::close);
      throw e;
    }
  }

  @Override
  public List<float[]> embed(
      List<RgbImage> images, Output output, Optional<LinearReduction> reduction) {
    List<float[]> values = new ArrayList<>();
    for (int branch = 0; branch < branches.size(); branch++) {
      int number = branch;
      values.addAll(
          branches
              .get(branch)
              .embed(
                  own(images, branch),
                  output,
                  reduction.map(linear -> linear.branches().get(number))));
    }
    if (output == Output.MAPS) {
      return values;
    }
    int rows = images.size() / sizes * patches;
    return List.of(PatchRows.concatenated(values, rows));
  }

  /** The images at the size of a branch. */
  private List<RgbImage> own(List<RgbImage> images, int branch) {
    return IntStream.range(0, images.size() / sizes)
        .mapToObj(image -> images.get(image * sizes + branch % sizes))
        .toList();
  }

  @Override
  public void close() {
    branches.forEach(LoadedBackbone::close);
  }
}
