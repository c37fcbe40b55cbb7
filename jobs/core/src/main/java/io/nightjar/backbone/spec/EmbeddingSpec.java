package io.nightjar.backbone.spec;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import io.nightjar.tile.Tiling;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The specification of a patch embedding. Where it names several backbones or image sizes, every
 * backbone sees each image at every size, and the patches of all are concatenated on the one grid;
 * {@link #branches} are the embeddings of the single backbones and sizes.
 *
 * @param architectures the backbones, at least one
 * @param layers the stages whose outputs are concatenated, 1 to 4, ascending, none twice
 * @param imageSizes of the images in pixels, sides of 32 to 2048, ascending, none twice; those that
 *     are no squares have sides that are multiples of 16
 * @param grid patches along each side, 1 to the smallest image size; every stage is resized to it
 * @param precision the floating-point format that the backbone computes with
 * @param tiles of an image, each of which is embedded as an image is
 */
public record EmbeddingSpec(
    List<Architecture> architectures,
    List<Integer> layers,
    List<Size> imageSizes,
    Size grid,
    Precision precision,
    Tiling tiles)
    implements Serializable {
  private static final long serialVersionUID = 4L;

  /** Of the sides of images that are no squares: the stages' outputs have whole cells. */
  public static final int MULTIPLE = 16;

  static final int SHORTEST = 32;
  static final int LONGEST = 2048;

  /**
   * Checks the ranges.
   *
   * @param architectures the backbones, at least one
   * @param layers the stages whose outputs are concatenated, 1 to 4, ascending, none twice
   * @param imageSizes of the images in pixels, sides of 32 to 2048, ascending, none twice; those
   *     that are no squares have sides that are multiples of 16
   * @param grid patches along each side, 1 to the smallest image size; every stage is resized to it
   * @param precision the floating-point format that the backbone computes with
   * @param tiles of an image, each of which is embedded as an image is
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
    imageSizes.forEach(EmbeddingSpec::requireUsable);
    if (!growing(imageSizes)) {
      throw new InvalidInputException(
          Text.format(
              "The image sizes %s cannot be used: name them in ascending order, none twice, such as"
                  + " 224,448.",
              imageSizes));
    }
    Size smallest = imageSizes.get(0);
    if (grid.height() > smallest.height() || grid.width() > smallest.width()) {
      throw new InvalidInputException(
          Text.format(
              "The grid %s cannot be used: it must lie between 1 and the image size, %s.",
              grid, smallest));
    }
  }

  /**
   * Refuses a size that no network's input can have.
   *
   * @param size of a network's input
   * @throws InvalidInputException naming it, and what comes near to it, if a side is not from 32 to
   *     2048 pixels, or one of two different sides is no multiple of 16
   */
  public static void requireUsable(Size size) {
    boolean isInRange =
        Math.min(size.height(), size.width()) >= SHORTEST
            && Math.max(size.height(), size.width()) <= LONGEST;
    if (size.isSquare() && !isInRange) {
      throw new InvalidInputException(
          Text.format(
              "The image size %s cannot be used: it must lie between %d and %d pixels.",
              size, SHORTEST, LONGEST));
    }
    Size near = new Size(KeptShape.rounded(size.height()), KeptShape.rounded(size.width()));
    if (!size.isSquare() && !size.equals(near)) {
      throw new InvalidInputException(
          Text.format(
              "The image size %s cannot be used: height and width must be multiples of %d between %d"
                  + " and %d pixels, such as %s.",
              size, MULTIPLE, SHORTEST, LONGEST, near));
    }
  }

  private static boolean growing(List<Size> sizes) {
    return !sizes.isEmpty()
        && IntStream.range(1, sizes.size())
            .allMatch(
                i ->
                    sizes.get(i).height() >= sizes.get(i - 1).height()
                        && sizes.get(i).width() >= sizes.get(i - 1).width()
                        && !sizes.get(i).equals(sizes.get(i - 1)));
  }

  private static boolean isAscending(List<Integer> values) {
    return !values.isEmpty() && values.equals(values.stream().sorted().distinct().toList());
  }

  /**
   * A specification of whole images.
   *
   * @param architectures the backbones, at least one
   * @param layers the stages whose outputs are concatenated, 1 to 4, ascending, none twice
   * @param imageSizes of the images in pixels, sides of 32 to 2048, ascending, none twice; those
   *     that are no squares have sides that are multiples of 16
   * @param grid patches along each side, 1 to the smallest image size; every stage is resized to it
   * @param precision the floating-point format that the backbone computes with
   * @throws InvalidInputException naming the value that is out of range
   */
  public EmbeddingSpec(
      List<Architecture> architectures,
      List<Integer> layers,
      List<Size> imageSizes,
      Size grid,
      Precision precision) {
    this(architectures, layers, imageSizes, grid, precision, Tiling.WHOLE);
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
   * A specification of square images, and a square grid.
   *
   * @param architecture the backbone
   * @param layers the stages whose outputs are concatenated, 1 to 4, ascending, none twice
   * @param imageSizes width and height of the images in pixels, 32 to 2048, ascending, none twice
   * @param grid patches along each side, 1 to the smallest image size; every stage is resized to it
   * @param precision the floating-point format that the backbone computes with
   * @throws InvalidInputException naming the value that is out of range
   */
  public EmbeddingSpec(
      Architecture architecture,
      List<Integer> layers,
      List<Integer> imageSizes,
      int grid,
      Precision precision) {
    this(List.of(architecture), layers, squares(imageSizes), gridOf(grid, imageSizes), precision);
  }

  private static List<Size> squares(List<Integer> sides) {
    sides.forEach(EmbeddingSpec::require);
    return sides.stream().map(Size::square).toList();
  }

  private static void require(int side) {
    if (side < SHORTEST || side > LONGEST) {
      throw new InvalidInputException(
          Text.format(
              "The image size %d cannot be used: it must lie between %d and %d pixels.",
              side, SHORTEST, LONGEST));
    }
  }

  private static Size gridOf(int side, List<Integer> imageSizes) {
    if (side < 1) {
      throw new InvalidInputException(
          Text.format(
              "The grid %d cannot be used: it must lie between 1 and the image size, %s.",
              side, imageSizes.isEmpty() ? "the smallest" : imageSizes.get(0)));
    }
    return Size.square(side);
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
    return new EmbeddingSpec(architectures, layers, imageSizes, grid, other, tiles);
  }

  /**
   * The same for images of other sizes.
   *
   * @param sizes width and height in pixels, 32 to 2048, ascending, none twice
   * @return a new specification
   * @throws InvalidInputException naming the value that is out of range
   */
  public EmbeddingSpec withImageSizes(List<Integer> sizes) {
    return new EmbeddingSpec(architectures, layers, squares(sizes), grid, precision, tiles);
  }

  /**
   * The same with other backbones.
   *
   * @param backbones at least one
   * @return a new specification
   */
  public EmbeddingSpec withArchitectures(List<Architecture> backbones) {
    return new EmbeddingSpec(backbones, layers, imageSizes, grid, precision, tiles);
  }

  /**
   * The same for images of other sizes on another grid.
   *
   * @param sizes in pixels, ascending, none twice
   * @param cells patches along each side
   * @return a new specification
   * @throws InvalidInputException naming the value that is out of range
   */
  public EmbeddingSpec with(List<Size> sizes, Size cells) {
    return new EmbeddingSpec(architectures, layers, sizes, cells, precision, tiles);
  }

  /**
   * The same for images that are cut into tiles.
   *
   * @param tiling of an image; {@link Tiling#WHOLE} for none
   * @return a new specification
   */
  public EmbeddingSpec tiled(Tiling tiling) {
    return new EmbeddingSpec(architectures, layers, imageSizes, grid, precision, tiling);
  }

  /**
   * Whether images and grid are squares.
   *
   * @return false where any has a height and a width that differ
   */
  public boolean isSquare() {
    return grid.isSquare() && imageSizes.stream().allMatch(Size::isSquare);
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
   * @return height and width in pixels
   */
  public Size imageSize() {
    return imageSizes.get(0);
  }

  /**
   * The embeddings that are concatenated, one for each backbone and image size.
   *
   * @return specifications of one backbone and one image size, of a tile alone: all sizes of the
   *     first backbone, in their order, then those of the next
   */
  public List<EmbeddingSpec> branches() {
    return architectures.stream()
        .flatMap(
            architecture ->
                imageSizes.stream()
                    .map(
                        size ->
                            new EmbeddingSpec(
                                List.of(architecture), layers, List.of(size), grid, precision)))
        .toList();
  }

  /**
   * The patches of one image.
   *
   * @return the cells of the grids of all its tiles
   */
  public int patches() {
    return Math.multiplyExact(tiles.count(), grid.cells());
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
