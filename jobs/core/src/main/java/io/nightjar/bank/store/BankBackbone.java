package io.nightjar.bank.store;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.spec.Precision;
import io.nightjar.backbone.spec.Size;
import io.nightjar.text.Addresses;
import io.nightjar.text.Text;
import io.nightjar.tile.Tiling;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The network that embedded a bank's images, and how: vectors of another one must not be compared
 * with the bank's.
 *
 * @param weightsSha256 of the weight file, in hexadecimal; those of several networks between commas
 * @param weightsSource where the weights came from, likewise
 * @param architecture its name; those of several networks, whose patches are concatenated, between
 *     commas
 * @param layers the stages whose outputs are concatenated
 * @param imageSizes of the network's inputs in pixels, whose patches are concatenated
 * @param grid patches along each side
 * @param precision the precision that the network computes with, by name
 * @param averaged whether a stage that is finer than the grid was brought to it by means, see
 *     {@link io.nightjar.backbone.graph.EmbeddingHead#averages}
 * @param tiles of an image, each of which is embedded as an image is
 */
public record BankBackbone(
    String weightsSha256,
    String weightsSource,
    String architecture,
    List<Integer> layers,
    List<Size> imageSizes,
    Size grid,
    String precision,
    boolean averaged,
    Tiling tiles) {

  /**
   * Keeps copies of the lists, and redacts where the weights came from.
   *
   * @throws IllegalArgumentException if there is no image size
   */
  public BankBackbone {
    layers = List.copyOf(layers);
    imageSizes = List.copyOf(imageSizes);
    if (imageSizes.isEmpty()) {
      throw new IllegalArgumentException("it names no image size");
    }
    weightsSource = Addresses.redacted(weightsSource);
  }

  /** A network of whole images. */
  public BankBackbone(
      String weightsSha256,
      String weightsSource,
      String architecture,
      List<Integer> layers,
      List<Size> imageSizes,
      Size grid,
      String precision,
      boolean averaged) {
    this(
        weightsSha256,
        weightsSource,
        architecture,
        layers,
        imageSizes,
        grid,
        precision,
        averaged,
        Tiling.WHOLE);
  }

  /** A network of one square image size, whose stages were all interpolated. */
  public BankBackbone(
      String weightsSha256,
      String weightsSource,
      String architecture,
      List<Integer> layers,
      int imageSize,
      int grid,
      String precision) {
    this(
        weightsSha256,
        weightsSource,
        architecture,
        layers,
        List.of(Size.square(imageSize)),
        Size.square(grid),
        precision,
        false);
  }

  /** The description of a loaded model. */
  public static BankBackbone of(BackboneModel model) {
    EmbeddingSpec spec = model.spec();
    return new BankBackbone(
        model.weightsSha256(),
        model.weightsSource(),
        spec.backbones(),
        spec.layers(),
        spec.imageSizes(),
        spec.grid(),
        spec.precision().id(),
        model.averages(),
        spec.tiles());
  }

  /**
   * The specification of the embedding.
   *
   * @throws io.nightjar.error.InvalidInputException if this program does not know it
   */
  public EmbeddingSpec spec() {
    return new EmbeddingSpec(
        Architecture.parseAll(architecture),
        layers,
        imageSizes,
        grid,
        Precision.parse(precision),
        tiles);
  }

  /** The image sizes for people, such as {@code 224}, {@code 224,448} or {@code 144x352}. */
  public String sizes() {
    return imageSizes.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** How many networks there are. */
  int networks() {
    return architecture.split(",", -1).length;
  }

  /** Whether images and grid are squares. */
  public boolean isSquare() {
    return grid.isSquare() && imageSizes.stream().allMatch(Size::isSquare);
  }

  /** Patches of an image, of all its tiles. */
  public int patches() {
    return Math.multiplyExact(tiles.count(), grid.cells());
  }

  /**
   * The differences from another network, each with this one's value first; empty where they agree.
   */
  List<String> differences(BankBackbone other) {
    List<String> differences = new ArrayList<>();
    compare("architecture", architecture, other.architecture, differences);
    if (!weightsSha256.equals(other.weightsSha256)) {
      compare("weights", weights(), other.weights(), differences);
    }
    compare("layers", layers, other.layers, differences);
    compare("image size", sizes(), other.sizes(), differences);
    compare("grid", grid, other.grid, differences);
    compare("precision", precision, other.precision, differences);
    compare("finer stages", finerStages(), other.finerStages(), differences);
    compare("tiles", shownTiles(), other.shownTiles(), differences);
    return differences;
  }

  /** Whether another network is this one, at other image sizes or on another grid. */
  boolean isOfAnotherShapeThan(BankBackbone other) {
    return new BankBackbone(
            weightsSha256,
            weightsSource,
            architecture,
            layers,
            other.imageSizes,
            other.grid,
            precision,
            other.averaged,
            tiles)
        .differences(other)
        .isEmpty();
  }

  private String shownTiles() {
    return tiles.isWhole()
        ? "of whole images"
        : Text.format(
            "(%s, of images of %d x %d)",
            tiles.describe(), tiles.rows().length(), tiles.columns().length());
  }

  private String finerStages() {
    return averaged ? "averaged to the grid" : "interpolated to the grid";
  }

  private String weights() {
    return Text.format("%s (SHA-256 %s)", weightsSource, weightsSha256);
  }

  private static void compare(String what, Object own, Object other, List<String> differences) {
    if (!own.equals(other)) {
      differences.add(Text.format("the bank has %s %s, this run %s", what, own, other));
    }
  }
}
