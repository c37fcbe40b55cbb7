package io.nightjar.backbone.spec;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.List;

/**
 * The specification of a patch embedding. Where it names several backbones or image sizes, every
 * backbone sees each image at every size, and the patches of all are concatenated on the one grid;
 * {@link #branches} are the embeddings of the single backbones and sizes.
 *
 * @param architectures the backbones, at least one
 * @param layers the stages whose outputs are concatenated, 1 to 4, ascending, none twice
 * @param imageSizes width and height of the images in pixels, 32 to 2048, ascending, none twice
 * @param grid patches along each side, 1 to the smallest image size; every stage is resized to it
 * @param precision the floating-point format that the backbone computes with
 */
public record EmbeddingSpec(
    List<Architecture> architectures,
    List<Integer> layers,
    List<Integer> imageSizes,
    int grid,
    Precision precision)
    implements Serializable {
  private static final long serialVersionUID = 3L;

  /**
   * Checks the ranges.
   *
   * @param architectures the backbones, at least one
   * @param layers the stages whose outputs are concatenated, 1 to 4, ascending, none twice
   * @param imageSizes width and height of the images in pixels, 32 to 2048, ascending, none twice
   * @param grid patches along each side, 1 to the smallest image size; every stage is resized to it
   * @param precision the floating-point format that the backbone computes with
   * @throws InvalidInputException naming the value that is out of range
   */
  public EmbeddingSpec {
    architectures = List.copyOf(architectures);
    if (architectures.isEmpty()) {
      throw new IllegalArgumentException("An embedding needs a backbone");
    }
    layers = List.copyOf(layers);
    imageSizes = List.copyOf(imageSizes);
    if (!isAscending(layers) || layers.get(0) < 1 || layers.get(layers.size() - 1) > 4) {
      throw new InvalidInputException(
          Text.format(
              "The layers %s cannot be used: name stages of 1 to 4 in ascending order, such as 1,2,3.",
              layers));
    }
    for (int size : imageSizes) {
      if (size < 32 || size > 2048) {
        throw new InvalidInputException(
            Text.format(
                "The image size %d cannot be used: it must lie between 32 and 2048 pixels.", size));
      }
    }
    if (!isAscending(imageSizes)) {
      throw new InvalidInputException(
          Text.format(
              "The image sizes %s cannot be used: name them in ascending order, none twice, such as"
                  + " 224,448.",
              imageSizes));
    }
    if (grid < 1 || grid > imageSizes.get(0)) {
      throw new InvalidInputException(
          Text.format(
              "The grid %d cannot be used: it must lie between 1 and the image size, %d.",
              grid, imageSizes.get(0)));
    }
  }

  private static boolean isAscending(List<Integer> values) {
    return !values.isEmpty() && values.equals(values.stream().sorted().distinct().toList());
  }

  /**
   * A specification of one image size.
   *
   * @param architecture the backbone
   * @param layers the stages whose outputs are concatenated, 1 to 4, ascending, none twice
   * @param imageSize width and height of the images in pixels, 32 to 2048
   * @param grid patches along each side, 1 to the image size; every stage is resized to it
   * @param precision the floating-point format that the backbone computes with
   * @throws InvalidInputException naming the value that is out of range
   */
  public EmbeddingSpec(
      Architecture architecture,
      List<Integer> layers,
      int imageSize,
      int grid,
      Precision precision) {
    this(List.of(architecture), layers, List.of(imageSize), grid, precision);
  }

  /**
   * A specification in float32.
   *
   * @param architecture the backbone
   * @param layers the stages whose outputs are concatenated, 1 to 4, ascending, none twice
   * @param imageSize width and height of the images in pixels, 32 to 2048
   * @param grid patches along each side, 1 to the image size; every stage is resized to it
   * @throws InvalidInputException naming the value that is out of range
   */
  public EmbeddingSpec(Architecture architecture, List<Integer> layers, int imageSize, int grid) {
    this(architecture, layers, imageSize, grid, Precision.FP32);
  }

  /**
   * The default embedding: stages 1 to 3 of 224 x 224 images on a grid of 28 x 28, in float32.
   *
   * @param architecture the backbone
   * @return its specification
   */
  public static EmbeddingSpec of(Architecture architecture) {
    return new EmbeddingSpec(architecture, List.of(1, 2, 3), 224, 28);
  }

  /**
   * The same, computed in another precision.
   *
   * @param other the precision
   * @return a new specification
   */
  public EmbeddingSpec withPrecision(Precision other) {
    return new EmbeddingSpec(architectures, layers, imageSizes, grid, other);
  }

  /**
   * The same for images of other sizes.
   *
   * @param sizes width and height in pixels, 32 to 2048, ascending, none twice
   * @return a new specification
   * @throws InvalidInputException naming the value that is out of range
   */
  public EmbeddingSpec withImageSizes(List<Integer> sizes) {
    return new EmbeddingSpec(architectures, layers, sizes, grid, precision);
  }

  /**
   * The same with other backbones.
   *
   * @param backbones at least one
   * @return a new specification
   */
  public EmbeddingSpec withArchitectures(List<Architecture> backbones) {
    return new EmbeddingSpec(backbones, layers, imageSizes, grid, precision);
  }

  /**
   * The only backbone.
   *
   * @return its architecture
   * @throws IllegalStateException for several: each branch has one
   */
  public Architecture architecture() {
    if (architectures.size() > 1) {
      throw new IllegalStateException(
          Text.format("An embedding of %s has no single backbone", backbones()));
    }
    return architectures.get(0);
  }

  /**
   * The names of the backbones.
   *
   * @return between commas, such as {@code resnet50_v1,resnet18}
   */
  public String backbones() {
    return Architecture.ids(architectures);
  }

  /**
   * The image size, or the smallest of several: that in whose pixels maps are smoothed.
   *
   * @return width and height in pixels
   */
  public int imageSize() {
    return imageSizes.get(0);
  }

  /**
   * The embeddings that are concatenated, one for each backbone and image size.
   *
   * @return specifications of one backbone and one image size: all sizes of the first backbone, in
   *     their order, then those of the next
   */
  public List<EmbeddingSpec> branches() {
    return architectures.stream()
        .flatMap(
            architecture ->
                imageSizes.stream()
                    .map(size -> new EmbeddingSpec(architecture, layers, size, grid, precision)))
        .toList();
  }

  /**
   * The patches of one image.
   *
   * @return {@code grid * grid}
   */
  public int patches() {
    return grid * grid;
  }

  /**
   * The length of one patch embedding.
   *
   * @return the sum of the channels of all its stages, of all backbones at all image sizes
   */
  public int channels() {
    return imageSizes.size()
        * architectures.stream()
            .mapToInt(architecture -> layers.stream().mapToInt(architecture::channels).sum())
            .sum();
  }

  /**
   * The channels of each stage of a branch, in the order in which they are concatenated.
   *
   * @return one number for each of the layers
   * @throws IllegalStateException for several backbones
   */
  public List<Integer> stageChannels() {
    return layers.stream().map(architecture()::channels).toList();
  }

  /**
   * The last stage that has to be computed; weights of later stages are not needed.
   *
   * @return 1 to 4
   */
  public int lastStage() {
    return layers.get(layers.size() - 1);
  }
}
