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

  static long multiplyAdds(ResNet network, Size imageSize) {
    Size size = network.stem().size(imageSize);
    long total = cost(network.stem(), size);
    size = network.pooling().size(size);
    for (var stage : network.stages()) {
      for (ResNet.Block block : stage) {
        Size inner = size;
        for (ResNet.Convolution convolution : block.path()) {
          inner = convolution.size(inner);
          total += cost(convolution, inner);
        }
        if (block.shortcut().isPresent()) {
          total += cost(block.shortcut().get(), inner);
        }
        size = inner;
      }
    }
    return total;
  }

  private static long cost(ResNet.Convolution convolution, Size size) {
    return (long) size.cells()
        * convolution.in()
        * convolution.out()
        * convolution.kernel()
        * convolution.kernel();
  }
}
