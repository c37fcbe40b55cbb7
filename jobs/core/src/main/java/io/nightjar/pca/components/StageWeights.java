package io.nightjar.pca.components;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the channels of each stage of the network are multiplied by before principal components are
 * fitted: nothing, weights that are given, or the weights with which every stage has the same part
 * in the variance.
 *
 * @param balanced whether each stage is multiplied by {@code v^(-1/2)}, where {@code v} is the sum
 *     of the variances of its channels
 * @param values the weights that are given, one a stage, above 0; empty where none are
 */
public record StageWeights(boolean balanced, List<Double> values) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Channels count as the network gives them. */
  public static final StageWeights NONE = new StageWeights(false, List.of());

  /** Every stage has the same part in the variance. */
  public static final StageWeights BALANCED = new StageWeights(true, List.of());

  private static final String NO_WEIGHTS = "none";
  private static final String BALANCE = "balanced";

  /**
   * Checks the weights.
   *
   * @throws InvalidInputException if one is not above 0, or infinite
   */
  public StageWeights {
    values = List.copyOf(values);
    if (balanced && !values.isEmpty()) {
      throw new IllegalArgumentException("Balanced stages have no other weights");
    }
    for (double value : values) {
      if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
        throw new InvalidInputException(
            Text.format(
                "The stage weight %s cannot be used: it must be above 0; leave a stage out with"
                    + " --layers.",
                value));
      }
    }
  }

  /**
   * The weights that a text names.
   *
   * @param text {@code none}, {@code balanced}, or a number for each stage between commas
   * @throws InvalidInputException if it is none of these
   */
  public static StageWeights parse(String text) {
    if (text.equalsIgnoreCase(NO_WEIGHTS)) {
      return NONE;
    }
    if (text.equalsIgnoreCase(BALANCE)) {
      return BALANCED;
    }
    List<Double> values = new ArrayList<>();
    for (String value : text.split(",", -1)) {
      try {
        values.add(Double.parseDouble(value.trim()));
      } catch (NumberFormatException e) {
        throw new InvalidInputException(
            Text.format(
                "The option --stage-weights is \"%s\"; it must be none, balanced, or a number for"
                    + " each of the --layers between commas, such as 1,1,0.5.",
                text),
            e);
      }
    }
    return new StageWeights(false, values);
  }

  /** As {@link #parse} reads it. */
  public String id() {
    if (isNone()) {
      return NO_WEIGHTS;
    }
    return balanced
        ? BALANCE
        : values.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** Whether channels count as the network gives them. */
  public boolean isNone() {
    return !balanced && values.isEmpty();
  }

  /**
   * Refuses weights of another number of stages.
   *
   * @param layers the stages whose channels are weighted
   * @throws InvalidInputException with both
   */
  public void requireFits(List<Integer> layers) {
    if (!values.isEmpty() && values.size() != layers.size()) {
      throw new InvalidInputException(
          Text.format(
              "The option --stage-weights names %s, %s, but --layers %s has %d: name one for each.",
              Text.counted(values.size(), "weight", "weights"),
              id(),
              layers.stream().map(String::valueOf).collect(Collectors.joining(",")),
              layers.size()));
    }
  }

  /**
   * What each channel is multiplied by.
   *
   * @param stages the number of channels of each stage, in their order
   * @param variances of the channels
   * @return a factor for each channel, 0 where all channels of a balanced stage are constant; empty
   *     where nothing is multiplied
   * @throws IllegalArgumentException if the stages do not have as many channels as there are
   *     variances, or there are not as many weights as stages
   */
  public double[] factors(List<Integer> stages, double[] variances) {
    if (isNone()) {
      return new double[0];
    }
    int channels = stages.stream().mapToInt(Integer::intValue).sum();
    if (channels != variances.length || (!balanced && values.size() != stages.size())) {
      throw new IllegalArgumentException(
          Text.format(
              "The weights %s of stages of %s channels do not belong to %d channels",
              id(), stages, variances.length));
    }
    double[] factors = new double[channels];
    int first = 0;
    for (int stage = 0; stage < stages.size(); stage++) {
      int end = first + stages.get(stage);
      double factor =
          balanced ? balance(Arrays.copyOfRange(variances, first, end)) : values.get(stage);
      Arrays.fill(factors, first, end, factor);
      first = end;
    }
    return factors;
  }

  private static double balance(double[] variances) {
    double sum = Arrays.stream(variances).sum();
    return sum > 0 ? 1 / Math.sqrt(sum) : 0;
  }
}
