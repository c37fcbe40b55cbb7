package io.nightjar.pca.components;

import io.nightjar.backbone.patch.GridPosition;
import io.nightjar.backbone.patch.LinearReduction;
import io.nightjar.backbone.patch.PatchMaps;
import io.nightjar.backbone.patch.PatchRows;
import io.nightjar.error.InvalidInputException;
import io.nightjar.pca.covariance.PartialCovariance;
import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What turns patch embeddings into rows of a bank: the principal components of each branch of the
 * embedding, and the place on the grid.
 *
 * <p>With one branch, rows are the coordinates in its components. With several, the coordinates of
 * each are divided by the square root of the variance that its components have together, so that
 * every branch has the same part in a distance, and concatenated. The place adds two values ({@link
 * GridPosition}). Immutable; may be used by several threads at once.
 */
public final class PatchReduction implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<PrincipalComponents> branches;

  /** Null where places are not added. */
  private final GridPosition position;

  private transient volatile LinearReduction reduction;

  private PatchReduction(List<PrincipalComponents> branches, GridPosition position) {
    this.branches = List.copyOf(branches);
    this.position = position;
  }

  /**
   * A reduction that was fitted before.
   *
   * @param branches the components of each branch, at least one
   * @param position empty where places are not added
   */
  public static PatchReduction of(
      List<PrincipalComponents> branches, Optional<GridPosition> position) {
    if (branches.isEmpty()) {
      throw new IllegalArgumentException("A reduction needs the components of a branch");
    }
    return new PatchReduction(branches, position.orElse(null));
  }

  /** The reduction to the components of the only branch, without places. */
  public static PatchReduction of(PrincipalComponents components) {
    return new PatchReduction(List.of(components), null);
  }

  /**
   * Fits the components of each group of channels, without places.
   *
   * @param total of all patches
   * @param rule which components of each branch are kept
   * @param stages the number of channels of each stage of each branch
   * @throws InvalidInputException as {@link PrincipalComponents#fit} does
   */
  public static PatchReduction fit(
      PartialCovariance total, ComponentRule rule, List<List<Integer>> stages) {
    List<PartialCovariance> groups = total.groups();
    if (groups.size() != stages.size()) {
      throw new IllegalArgumentException(
          Text.format("The stages %s are not those of %d branches", stages, groups.size()));
    }
    return new PatchReduction(
        IntStream.range(0, groups.size())
            .mapToObj(i -> PrincipalComponents.fit(groups.get(i), rule, stages.get(i)))
            .toList(),
        null);
  }

  /** The same with the place of each patch. */
  public PatchReduction with(GridPosition place) {
    return new PatchReduction(branches, place);
  }

  /** The components of each branch. */
  public List<PrincipalComponents> branches() {
    return branches;
  }

  /** How places are added; empty where they are not. */
  public Optional<GridPosition> position() {
    return Optional.ofNullable(position);
  }

  /** Whether stages of the network are weighted. */
  public boolean isWeighted() {
    return branches.stream().anyMatch(branch -> branch.factors().length > 0);
  }

  /** Values of a patch embedding. */
  public int channels() {
    return branches.stream().mapToInt(PrincipalComponents::channels).sum();
  }

  /** Components of all branches. */
  public int components() {
    return branches.stream().mapToInt(PrincipalComponents::count).sum();
  }

  /** Values of a row: the components, and those of the place. */
  public int dimension() {
    return components() + (position == null ? 0 : GridPosition.VALUES);
  }

  /** What the coordinates of a branch are multiplied by; 1 where there is only one branch. */
  private double scale(PrincipalComponents branch) {
    return branches.size() == 1 ? 1 : 1 / Math.sqrt(Arrays.stream(branch.eigenvalues()).sum());
  }

  /**
   * What the square of each channel's deviation counts in the variance: the same for all channels
   * of a branch whose stages are not weighted, and 1 where there is only one.
   */
  public double[] channelWeights() {
    double[] weights = new double[channels()];
    int first = 0;
    for (PrincipalComponents branch : branches) {
      double scale = scale(branch);
      double[] factors = branch.factors();
      for (int i = 0; i < branch.channels(); i++) {
        double weight = factors.length == 0 ? scale : scale * factors[i];
        weights[first + i] = weight * weight;
      }
      first += branch.channels();
    }
    return weights;
  }

  /** The mean of each channel. */
  public double[] mean() {
    return branches.stream().flatMapToDouble(branch -> Arrays.stream(branch.mean())).toArray();
  }

  /**
   * The fraction of the total variance that the components have, every branch with the weight of
   * its scale: the harmonic mean of the ratios of the branches.
   */
  public double explainedVarianceRatio() {
    if (branches.size() == 1) {
      return branches.get(0).explainedVarianceRatio();
    }
    double totals = 0;
    for (PrincipalComponents branch : branches) {
      totals += 1 / branch.explainedVarianceRatio();
    }
    return branches.size() / totals;
  }

  /**
   * The rows of some images.
   *
   * @return row-major {@code [images * patches][dimension]}
   * @throws IllegalArgumentException if patches have another number of channels or branches
   */
  public float[] project(PatchMaps maps) {
    return linear().apply(maps);
  }

  /**
   * The rows of some tiles that follow one another.
   *
   * @param firstTile the number of the first tile in its image, from 0
   * @return row-major {@code [tiles * patches][dimension]}
   * @throws IllegalArgumentException if patches have another number of channels or branches
   */
  public float[] project(PatchMaps maps, int firstTile) {
    return linear().placed(linear().reduce(maps), firstTile);
  }

  /**
   * The rows of the first {@code count} patches of a row-major array.
   *
   * @return row-major {@code [count][dimension]}
   * @throws IllegalArgumentException if the array is too short, or places are added and the patches
   *     are not those of whole images
   */
  public float[] project(float[] patches, int count) {
    int channels = channels();
    if (count < 0 || (long) count * channels > patches.length) {
      throw new IllegalArgumentException(
          Text.format(
              "%d patches of %d channels need %d values, but the array holds %d",
              count, channels, (long) count * channels, patches.length));
    }
    if (count == 0) {
      return new float[0];
    }
    List<float[]> reduced = new ArrayList<>();
    int first = 0;
    for (PrincipalComponents branch : branches) {
      float[] own =
          branches.size() == 1
              ? patches
              : PatchRows.columns(patches, count, channels, first, branch.channels());
      reduced.add(branch.scaled(scale(branch)).project(own, count));
      first += branch.channels();
    }
    return linear().placed(PatchRows.concatenated(reduced, count));
  }

  /** {@link #project(PatchMaps)} in the form in which embedders apply it. */
  public LinearReduction linear() {
    LinearReduction made = reduction;
    if (made == null) {
      made =
          LinearReduction.of(
              branches.stream().map(branch -> branch.scaled(scale(branch)).reduction()).toList(),
              position());
      reduction = made;
    }
    return made;
  }
}
