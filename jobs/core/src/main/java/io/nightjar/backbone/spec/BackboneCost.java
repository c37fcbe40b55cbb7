package io.nightjar.backbone.spec;

/** The cost of computing a backbone. */
public final class BackboneCost {
  private BackboneCost() {}

  /**
   * Multiply-adds in the convolutions for one image, up to the last stage that is needed. Resizing
   * to the grid, the residual sums and ReLU are not counted.
   *
   * @param spec of the embedding, whose backbones, last stage and image sizes count
   * @return about 4.1e9 for all stages of a ResNet-50 at 224 pixels
   */
  public static long multiplyAdds(EmbeddingSpec spec) {
    return spec.branches().stream()
        .mapToLong(
            branch ->
                multiplyAdds(
                    ResNet.of(branch.architecture(), branch.lastStage()), branch.imageSize()))
        .sum();
  }

  static long multiplyAdds(ResNet network, int imageSize) {
    int side = halved(imageSize, 1);
    long total = cost(network.stem(), side);
    side =
        switch (network.pooling()) {
          case PADDED -> halved(side, 1);
          case CEIL_WITHOUT_PADDING -> (side - 2) / 2 + 1;
        };
    for (var stage : network.stages()) {
      for (ResNet.Block block : stage) {
        int inner = side;
        for (ResNet.Convolution convolution : block.path()) {
          inner = halved(inner, convolution.stride() - 1);
          total += cost(convolution, inner);
        }
        if (block.shortcut().isPresent()) {
          total += cost(block.shortcut().get(), inner);
        }
        side = inner;
      }
    }
    return total;
  }

  /** The side after a padded convolution of an odd kernel with stride 2, {@code times} times. */
  private static int halved(int side, int times) {
    return times == 0 ? side : (side - 1) / 2 + 1;
  }

  private static long cost(ResNet.Convolution convolution, int side) {
    return (long) side
        * side
        * convolution.in()
        * convolution.out()
        * convolution.kernel()
        * convolution.kernel();
  }
}
