package io.nightjar.pca.reason;

import io.nightjar.backbone.patch.GridPosition;
import io.nightjar.pca.components.PatchReduction;
import io.nightjar.pca.components.PrincipalComponents;
import io.nightjar.pca.reason.DistanceParts.Component;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The space that the components of a reduction span, among all channels of a patch.
 *
 * <p>A branch turns a patch {@code x} into {@code q = V'y} with {@code y = s F (x - m)}: the mean
 * {@code m}, the weights of the stages on the diagonal of {@code F}, the scale {@code s} that gives
 * every branch the same part ({@link PatchReduction}), and orthonormal columns {@code V}. The
 * difference of two rows, projected back, is {@code d = V(q - b)}, which has the same length: the
 * parts of the channels, {@code d_i^2}, add up to the squared distance. They are those of the
 * channels as the search weighs and scales them, and of what lies within the components alone.
 *
 * <p>All is computed in float64. Immutable; may be used by several threads at once.
 */
public final class ComponentSpace {
  /** Components that are named. */
  public static final int LEADING = 3;

  private final List<Branch> branches;
  private final boolean placed;
  private final int channels;
  private final int dimension;

  /**
   * A branch.
   *
   * @param directions orthonormal columns, row-major channels x count
   * @param weights {@code s F}
   * @param stages channels of each
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of values, never compared
  private record Branch(
      double[] directions, double[] mean, double[] weights, int count, List<Integer> stages) {}

  /**
   * The space of a reduction.
   *
   * @param stages the number of channels of each stage of each branch
   * @throws IllegalArgumentException if they are not those of the reduction
   */
  public ComponentSpace(PatchReduction reduction, List<List<Integer>> stages) {
    if (stages.size() != reduction.branches().size()) {
      throw new IllegalArgumentException(
          Text.format(
              "The stages %s are not those of %d branches", stages, reduction.branches().size()));
    }
    double[] squares = reduction.channelWeights();
    branches = new ArrayList<>();
    int first = 0;
    for (int i = 0; i < stages.size(); i++) {
      PrincipalComponents own = reduction.branches().get(i);
      if (stages.get(i).stream().mapToInt(Integer::intValue).sum() != own.channels()) {
        throw new IllegalArgumentException(
            Text.format(
                "Stages of %s channels are not those of %d", stages.get(i), own.channels()));
      }
      branches.add(branch(own, squares, first, stages.get(i)));
      first += own.channels();
    }
    placed = reduction.position().isPresent();
    channels = first;
    dimension = reduction.dimension();
  }

  private static Branch branch(
      PrincipalComponents own, double[] squares, int first, List<Integer> stages) {
    double[] directions = own.basis();
    double[] factors = own.factors();
    int count = own.count();
    for (int i = 0; i < factors.length; i++) {
      for (int j = 0; j < count; j++) {
        // A channel of factor 0 has no part in any component.
        directions[i * count + j] = factors[i] == 0 ? 0 : directions[i * count + j] / factors[i];
      }
    }
    double[] weights =
        Arrays.stream(squares, first, first + own.channels()).map(Math::sqrt).toArray();
    return new Branch(directions, own.mean(), weights, count, List.copyOf(stages));
  }

  /**
   * What the squared distance between a patch and a row of the bank consists of.
   *
   * @param query a reduced patch, {@code dimension} values
   * @param row a row of the bank, as long
   * @return {@link DistanceParts#NONE} where they are equal
   * @throws IllegalArgumentException if either has another length
   */
  public DistanceParts parts(float[] query, float[] row) {
    if (query.length != dimension || row.length != dimension) {
      throw new IllegalArgumentException(
          Text.format(
              "Rows of %d and %d values have no distance in a space of %d",
              query.length, row.length, dimension));
    }
    double[] difference = new double[dimension];
    double squared = 0;
    for (int i = 0; i < dimension; i++) {
      difference[i] = (double) query[i] - (double) row[i];
      squared += difference[i] * difference[i];
    }
    if (squared == 0) {
      return DistanceParts.NONE;
    }
    List<Double> stages = new ArrayList<>();
    int first = 0;
    for (Branch branch : branches) {
      addStages(branch, difference, first, squared, stages);
      first += branch.count();
    }
    double position = 0;
    for (int i = dimension - (placed ? GridPosition.VALUES : 0); i < dimension; i++) {
      position += difference[i] * difference[i];
    }
    return new DistanceParts(
        squared, stages, position / squared, leading(difference, first, squared));
  }

  private static void addStages(
      Branch branch, double[] difference, int first, double squared, List<Double> stages) {
    int channel = 0;
    for (int stage : branch.stages()) {
      double sum = 0;
      for (int end = channel + stage; channel < end; channel++) {
        double back = 0;
        for (int j = 0; j < branch.count(); j++) {
          back += branch.directions()[channel * branch.count() + j] * difference[first + j];
        }
        sum += back * back;
      }
      stages.add(sum / squared);
    }
  }

  private static List<Component> leading(double[] difference, int components, double squared) {
    return IntStream.range(0, components)
        .mapToObj(i -> new Component(i + 1, difference[i] * difference[i] / squared))
        .sorted(
            Comparator.comparingDouble(Component::fraction)
                .reversed()
                .thenComparingInt(Component::number))
        .limit(LEADING)
        .toList();
  }

  /**
   * How much of a patch lies outside the components: {@code |y - VV'y| / |y|}, of all branches
   * together.
   *
   * @param patches row-major {@code [patches][channels]}
   * @param patch from 0
   * @return 0 to 1; empty where the patch is the mean
   * @throws IllegalArgumentException if there is no such patch
   */
  public OptionalDouble outside(float[] patches, int patch) {
    if (patch < 0 || (long) (patch + 1) * channels > patches.length) {
      throw new IllegalArgumentException(
          Text.format(
              "%d values hold no patch %d of %d channels", patches.length, patch, channels));
    }
    double all = 0;
    double outside = 0;
    int at = patch * channels;
    for (Branch branch : branches) {
      double[] deviation = new double[branch.mean().length];
      double[] within = new double[branch.count()];
      for (int i = 0; i < deviation.length; i++) {
        deviation[i] = branch.weights()[i] * (patches[at + i] - branch.mean()[i]);
        all += deviation[i] * deviation[i];
        for (int j = 0; j < within.length; j++) {
          within[j] += branch.directions()[i * within.length + j] * deviation[i];
        }
      }
      for (int i = 0; i < deviation.length; i++) {
        double rest = deviation[i];
        for (int j = 0; j < within.length; j++) {
          rest -= branch.directions()[i * within.length + j] * within[j];
        }
        outside += rest * rest;
      }
      at += deviation.length;
    }
    return all == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.min(1, Math.sqrt(outside / all)));
  }
}
