package io.nightjar.backbone.weights;

import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.ResNet;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.Sha256;
import io.nightjar.text.Text;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Random weights, for demonstrations and tests; they say nothing about detection.
 *
 * <p>Convolutions are He-initialised (He et al., "Delving Deep into Rectifiers", 2015: normal with
 * variance 2 / fan-in). The batch norms of a residual path scale it down, so that the size of the
 * activations stays of the same order through the stages. Equal seeds give equal weights on every
 * machine.
 */
public final class SeededWeights {
  private static final String SCHEME = "random:";

  /**
   * A He-initialised convolution doubles the mean square, and only the block's ReLU halves it
   * again; these factors make path and shortcut sum to twice the mean square of the input, and let
   * a block with an identity shortcut add a quarter to it.
   */
  private static final double IDENTITY_PATH = Math.sqrt(1 / 8.0);

  private static final double CONVOLVED_PATH = Math.sqrt(1 / 4.0);
  private static final double CONVOLVED_SHORTCUT = Math.sqrt(3 / 4.0);

  private SeededWeights() {}

  /**
   * The weights of all four stages, without the classifier.
   *
   * @param architecture that reads them
   * @param seed any number
   * @return weights whose hash is that of their values
   */
  public static Weights of(Architecture architecture, long seed) {
    ResNet network = ResNet.of(architecture, 4);
    Map<String, Tensor> tensors = new TreeMap<>();
    List<ResNet.Convolution> convolutions = network.convolutions();
    List<Tensor> kernels =
        convolutions.parallelStream().map(convolution -> kernel(convolution, seed)).toList();
    for (int i = 0; i < convolutions.size(); i++) {
      ResNet.Convolution convolution = convolutions.get(i);
      tensors.put(convolution.name() + ".weight", kernels.get(i));
      if (convolution.bias()) {
        tensors.put(convolution.name() + ".bias", constant(convolution.out(), 0));
      }
      putNorm(tensors, convolution, 1);
    }
    for (List<ResNet.Block> stage : network.stages()) {
      for (ResNet.Block block : stage) {
        ResNet.Convolution last = block.path().get(block.path().size() - 1);
        putNorm(tensors, last, block.shortcut().isPresent() ? CONVOLVED_PATH : IDENTITY_PATH);
        block.shortcut().ifPresent(shortcut -> putNorm(tensors, shortcut, CONVOLVED_SHORTCUT));
      }
    }
    return new Weights("random weights, seed " + seed, hash(tensors), tensors);
  }

  /**
   * The seed of a location such as {@code random:7}; empty for any other location.
   *
   * @param location as the option {@code --weights} has it
   * @return the seed; empty for a location without the prefix {@code random:}
   * @throws InvalidInputException if what follows the prefix is no whole number
   */
  public static Optional<Long> parseSeed(String location) {
    if (!location.startsWith(SCHEME)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(location.substring(SCHEME.length())));
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          Text.format(
              "The weights '%s' cannot be used: write random:SEED with a whole number, such as random:7.",
              location),
          e);
    }
  }

  private static Tensor kernel(ResNet.Convolution convolution, long seed) {
    // One sequence per tensor, seeded by its name: tensors do not depend on one another.
    NormalSequence normal = new NormalSequence(31 * seed + convolution.name().hashCode());
    int fanIn = convolution.in() * convolution.kernel() * convolution.kernel();
    double deviation = Math.sqrt(2.0 / fanIn);
    float[] values = new float[convolution.out() * fanIn];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * normal.next());
    }
    return new Tensor(
        List.of(convolution.out(), convolution.in(), convolution.kernel(), convolution.kernel()),
        values);
  }

  private static void putNorm(
      Map<String, Tensor> tensors, ResNet.Convolution convolution, double gamma) {
    int channels = convolution.out();
    tensors.put(convolution.norm() + ".weight", constant(channels, (float) gamma));
    tensors.put(convolution.norm() + ".bias", constant(channels, 0));
    tensors.put(convolution.norm() + ".running_mean", constant(channels, 0));
    tensors.put(convolution.norm() + ".running_var", constant(channels, 1));
  }

  private static Tensor constant(int length, float value) {
    float[] values = new float[length];
    Arrays.fill(values, value);
    return new Tensor(List.of(length), values);
  }

  private static String hash(Map<String, Tensor> tensors) {
    MessageDigest digest = Sha256.digest();
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      digest.update((entry.getKey() + entry.getValue().shape()).getBytes(StandardCharsets.UTF_8));
      float[] values = entry.getValue().values();
      ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
      bytes.asFloatBuffer().put(values);
      digest.update(bytes);
    }
    return Sha256.hex(digest);
  }
}
