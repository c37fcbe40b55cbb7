package io.nightjar.pca.reason;

import java.io.Serializable;
import java.util.List;

/**
 * What the squared distance between two rows consists of, in fractions of it.
 *
 * @param squared the squared distance, at least 0
 * @param stages the fraction of each stage of the network, branch after branch; none where the
 *     distance is 0
 * @param position the fraction of the place on the grid; 0 where it is not counted
 * @param components those with the largest fractions, the largest first; of equal ones the lower
 *     number first
 */
public record DistanceParts(
    double squared, List<Double> stages, double position, List<Component> components)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * The part of one component.
   *
   * @param number from 1, counted through the branches in the order of a row's values
   * @param fraction of the squared distance
   */
  public record Component(int number, double fraction) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** The rows are equal: nothing has a part. */
  public static final DistanceParts NONE = new DistanceParts(0, List.of(), 0, List.of());

  /** Copies the lists. */
  public DistanceParts {
    stages = List.copyOf(stages);
    components = List.copyOf(components);
  }
}
