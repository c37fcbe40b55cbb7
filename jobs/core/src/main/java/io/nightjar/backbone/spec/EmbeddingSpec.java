package io.nightjar.backbone.spec;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.List;

/**
 * The specification of a patch embedding. Where it names several image sizes, the backbone sees
 * each image at every one of them, and the patches of all sizes are concatenated on the one grid;
 * {@link #branches} are the embeddings of the single sizes.
 *
 * @param architecture the backbone
 * @param layers the stages whose outputs are concatenated, 1 to 4, ascending, none twice
 * @param imageSizes width and height of the images in pixels, 32 to 2048, ascending, none twice
 * @param grid patches along each side, 1 to the smallest image size; every stage is resized to it
 * @param precision the floating-point format that the backbone computes with
 */
public record EmbeddingSpec(
    Architecture architecture,
    List<Integer> layers,
    List<Integer> imageSizes,
    int grid,
    Precision precision)
    implements Serializable {
  private static final long serialVersionUID = 2L;

  /**
   * Checks the ranges.
   *
   * @param architecture the backbone
   * @param layers the stages whose outputs are concatenated, 1 to 4, ascending, none twice
   * @param imageSizes width and height of the images in pixels, 32 to 2048, ascending, none twice
   * @param grid patches along each side, 1 to the smallest image size; every stage is resized to it
   * @param precision the floating-point format that the backbone computes with
   * @throws InvalidInputException naming the value that is out of range
   */
  public EmbeddingSpec {
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
    this(architecture, layers, List.of(imageSize), grid, precision);
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
    return new EmbeddingSpec(architecture, layers, imageSizes, grid, other);
  }

  /**
   * The same for images of other sizes.
   *
   * @param sizes width and height in pixels, 32 to 2048, ascending, none twice
   * @return a new specification
   * @throws InvalidInputException naming the value that is out of range
   */
  public EmbeddingSpec withImageSizes(List<Integer> sizes) {
    return new EmbeddingSpec(architecture, layers, sizes, grid, precision);
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
   * The embeddings that are concatenated, one for each image size.
   *
   * @return specifications of one image size, in the order of the sizes
   */
  public List<EmbeddingSpec> branches() {
    return imageSizes.stream().map(size -> withImageSizes(List.of(size))).toList();
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
   * @return the sum of the channels of all its stages at all image sizes
   */
  public int channels() {
    return imageSizes.size() * layers.stream().mapToInt(architecture::channels).sum();
  }

  /**
   * The channels of each stage of a branch, in the order in which they are concatenated.
   *
   * @return one number for each of the layers
   */
  public List<Integer> stageChannels() {
    return layers.stream().map(architecture::channels).toList();
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
