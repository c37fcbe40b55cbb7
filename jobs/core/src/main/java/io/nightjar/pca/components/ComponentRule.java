package io.nightjar.pca.components;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.OptionalInt;

/**
 * Which principal components are kept: the fewest that reach an explained variance ratio, but not
 * more than a limit, where there is one; and how the stages of the network are weighted before.
 *
 * @param variance the explained variance ratio to reach, above 0, at most 1
 * @param most components of each branch of an embedding, at least 1; {@link #ALL} without a limit
 * @param weights of the stages of each branch
 */
public record ComponentRule(double variance, int most, StageWeights weights)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The limit that no number of components reaches. */
  public static final int ALL = Integer.MAX_VALUE;

  /**
   * Checks the ranges.
   *
   * @throws InvalidInputException naming the value that is out of range
   */
  public ComponentRule {
    if (!(variance > 0 && variance <= 1)) {
      throw new InvalidInputException(
          "The explained variance ratio to keep must be above 0 and at most 1, not " + variance);
    }
    if (most < 1) {
      throw new InvalidInputException(
          Text.format("At least one principal component must be kept, not at most %d", most));
    }
  }

  /** A rule without weights. */
  public ComponentRule(double variance, int most) {
    this(variance, most, StageWeights.NONE);
  }

  /** A rule without a limit and without weights. */
  public static ComponentRule of(double variance) {
    return new ComponentRule(variance, ALL);
  }

  /** A rule with a limit where there is one. */
  public static ComponentRule of(double variance, OptionalInt most, StageWeights weights) {
    return new ComponentRule(variance, most.orElse(ALL), weights);
  }

  /** The limit; empty where there is none. */
  public OptionalInt limit() {
    return most == ALL ? OptionalInt.empty() : OptionalInt.of(most);
  }
}
