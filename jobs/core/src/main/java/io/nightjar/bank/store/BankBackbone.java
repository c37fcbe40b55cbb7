package io.nightjar.bank.store;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.text.Addresses;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * The network that embedded a bank's images, and how: vectors of another one must not be compared
 * with the bank's.
 *
 * @param weightsSha256 of the weight file, in hexadecimal
 * @param weightsSource where the weights came from
 * @param architecture its name
 * @param layers the stages whose outputs are concatenated
 * @param imageSize side of the network's input in pixels
 * @param grid patches along each side
 * @param precision the precision that the network computes with, by name
 */
public record BankBackbone(
    String weightsSha256,
    String weightsSource,
    String architecture,
    List<Integer> layers,
    int imageSize,
    int grid,
    String precision) {

  /** Keeps a copy of the layers, and redacts where the weights came from. */
  public BankBackbone {
    layers = List.copyOf(layers);
    weightsSource = Addresses.redacted(weightsSource);
  }

  /** The description of a loaded model. */
  public static BankBackbone of(BackboneModel model) {
    EmbeddingSpec spec = model.spec();
    return new BankBackbone(
        model.weightsSha256(),
        model.weightsSource(),
        spec.architecture().id(),
        spec.layers(),
        spec.imageSize(),
        spec.grid(),
        spec.precision().id());
  }

  /** Patches of an image. */
  public int patches() {
    return grid * grid;
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
    compare("image size", imageSize, other.imageSize, differences);
    compare("grid", grid, other.grid, differences);
    compare("precision", precision, other.precision, differences);
    return differences;
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
