package io.nightjar.backbone.weights;

import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.ResNet;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Checks whether a set of tensors is the one that an architecture reads. */
public final class WeightCheck {
  private static final int NAMED = 4;

  private final List<String> missing = new ArrayList<>();
  private final List<String> misshapen = new ArrayList<>();
  private final List<String> unexpected = new ArrayList<>();

  private WeightCheck(Architecture architecture, int lastStage, Weights weights) {
    Map<String, List<Integer>> expected = ResNet.of(architecture, lastStage).tensors();
    expected.forEach(
        (name, shape) -> {
          if (!weights.names().contains(name)) {
            missing.add(name);
          } else if (!weights.tensor(name).shape().equals(shape)) {
            misshapen.add(
                Text.format(
                    "%s (expected %s, found %s)", name, shape, weights.tensor(name).shape()));
          }
        });
    for (String name : weights.names()) {
      if (!expected.containsKey(name) && !ignored(name, lastStage)) {
        unexpected.add(name);
      }
    }
  }

  /**
   * Requires that the backbone can be built from the weights. The classifier, later stages and the
   * counters of batch norm are ignored.
   *
   * @param architecture that is to read them
   * @param lastStage the last stage that is needed, 1 to 4
   * @param weights to check
   * @throws InvalidInputException listing the missing, misshapen and unexpected tensors, and the
   *     architecture that the weights fit, if there is one
   */
  public static void require(Architecture architecture, int lastStage, Weights weights) {
    WeightCheck check = new WeightCheck(architecture, lastStage, weights);
    if (check.fits()) {
      return;
    }
    throw new InvalidInputException(
        Text.format(
            "The weights %s%s do not fit --backbone %s: %s. %s",
            weights.source(),
            weights.part().isEmpty() ? "" : Text.format(" (their %s)", weights.part()),
            architecture.id(),
            check.differences(),
            remedy(architecture, lastStage, weights)));
  }

  private static boolean ignored(String name, int lastStage) {
    if (name.equals("fc.weight")
        || name.equals("fc.bias")
        || name.equals("n_averaged") // how many models torch's AveragedModel has averaged
        || name.endsWith(".num_batches_tracked")) {
      return true;
    }
    for (int stage = lastStage + 1; stage <= 4; stage++) {
      if (name.startsWith("layer" + stage + ".")) {
        return true;
      }
    }
    return false;
  }

  private boolean fits() {
    return missing.isEmpty() && misshapen.isEmpty() && unexpected.isEmpty();
  }

  private String differences() {
    List<String> parts = new ArrayList<>();
    addPart(parts, "missing", missing);
    addPart(parts, "of another shape", misshapen);
    addPart(parts, "unexpected", unexpected);
    return String.join("; ", parts);
  }

  private static void addPart(List<String> parts, String what, List<String> names) {
    if (!names.isEmpty()) {
      String shown = names.stream().limit(NAMED).collect(Collectors.joining(", "));
      parts.add(
          Text.format(
              "%d %s %s: %s%s",
              names.size(),
              names.size() == 1 ? "tensor" : "tensors",
              what,
              shown,
              names.size() > NAMED ? ", ..." : ""));
    }
  }

  private static String remedy(Architecture architecture, int lastStage, Weights weights) {
    String fitting =
        Arrays.stream(Architecture.values())
            .filter(other -> other != architecture)
            .filter(other -> new WeightCheck(other, lastStage, weights).fits())
            .map(other -> "--backbone " + other.id())
            .collect(Collectors.joining(" or "));
    if (!fitting.isEmpty()) {
      return Text.format("They fit %s.", fitting);
    }
    for (int stage = lastStage - 1; stage >= 1; stage--) {
      if (new WeightCheck(architecture, stage, weights).fits()) {
        return Text.format("They end with stage %d: ask for --layers up to %d.", stage, stage);
      }
    }
    return Text.format(
        "Give the weights of one of the known backbones (%s) under torchvision's tensor names.",
        Arrays.stream(Architecture.values())
            .map(Architecture::id)
            .collect(Collectors.joining(", ")));
  }
}
