package io.nightjar.backbone.weights;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A published weight file with a short name.
 *
 * @param address where it is published
 * @param sha256Prefix the first digits of its SHA-256, which its file name carries
 */
record NamedWeights(URI address, String sha256Prefix) {
  private static final String TORCHVISION = "torchvision:";

  /** torchvision's IMAGENET1K_V1 weights. */
  private static final Map<String, NamedWeights> PUBLISHED =
      new TreeMap<>(
          Map.of(
              TORCHVISION + "resnet18", torchvision("resnet18", "f37072fd"),
              TORCHVISION + "resnet50", torchvision("resnet50", "0676ba61"),
              TORCHVISION + "wide_resnet50_2", torchvision("wide_resnet50_2", "95faca4d")));

  private static NamedWeights torchvision(String name, String prefix) {
    return new NamedWeights(
        URI.create(Text.format("https://download.pytorch.org/models/%s-%s.pth", name, prefix)),
        prefix);
  }

  /** Whether a weight file with this hash is one of those that have a name. */
  static boolean isPublished(String sha256) {
    return PUBLISHED.values().stream().anyMatch(file -> sha256.startsWith(file.sha256Prefix));
  }

  /**
   * The file of a name such as {@code torchvision:resnet50}; empty for anything else.
   *
   * @throws InvalidInputException for an unknown name, listing the known ones
   */
  static Optional<NamedWeights> find(String name) {
    if (!name.startsWith(TORCHVISION)) {
      return Optional.empty();
    }
    NamedWeights weights = PUBLISHED.get(name);
    if (weights == null) {
      throw new InvalidInputException(
          Text.format(
              "No weights are known as '%s': choose one of %s, or give a file.",
              name, String.join(", ", PUBLISHED.keySet())));
    }
    return Optional.of(weights);
  }
}
