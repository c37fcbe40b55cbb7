package io.nightjar.backbone.spec;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.List;

/**
 * The specification of a patch embedding.
 *
 * @param architecture the backbone
 * @param layers the stages whose outputs are concatenated, 1 to 4, ascending, none twice
 * @param imageSize width and height of the images in pixels, 32 to 2048
 * @param grid patches along each side, 1 to the image size; every stage is resized to it
 * @param precision the floating-point format that the backbone computes with
 */
public record EmbeddingSpec(
    Architecture architecture, List<Integer> layers, int imageSize, int grid, Precision precision)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Checks the ranges.
   *
   * @param architecture the backbone
   * @param layers the stages whose outputs are concatenated, 1 to 4, ascending, none twice
   * @param imageSize width and height of the images in pixels, 32 to 2048
   * @param grid patches along each side, 1 to the image size; every stage is resized to it
   * @param precision the floating-point format that the backbone computes with
   * @throws InvalidInputException naming the value that is out of range
   */
  public EmbeddingSpec {
    layers = List.copyOf(layers);
    boolean ascending =
        !layers.isEmpty() && layers.equals(layers.stream().sorted().distinct().toList());
    if (!ascending || layers.get(0) < 1 || layers.get(layers.size() - 1) > 4) {
      throw new InvalidInputException(
          Text.format(
              "The layers %s cannot be used: name stages of 1 to 4 in ascending order, such as 1,2,3.",
              layers));
    }
    if (imageSize < 32 || imageSize > 2048) {
      throw new InvalidInputException(
          Text.format(
              "The image size %d cannot be used: it must lie between 32 and 2048 pixels.",
              imageSize));
    }
    if (grid < 1 || grid > imageSize) {
      throw new InvalidInputException(
          Text.format(
              "The grid %d cannot be used: it must lie between 1 and the image size, %d.",
              grid, imageSize));
    }
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
    return new EmbeddingSpec(architecture, layers, imageSize, grid, other);
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
   * @return the sum of the channels of all its stages
   */
  public int channels() {
    return layers.stream().mapToInt(architecture::channels).sum();
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
