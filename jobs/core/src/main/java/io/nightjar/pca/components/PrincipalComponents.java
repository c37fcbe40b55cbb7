package io.nightjar.pca.components;

import io.nightjar.backbone.patch.LinearReduction;
import io.nightjar.backbone.patch.PatchMaps;
import io.nightjar.error.InvalidInputException;
import io.nightjar.linalg.Blas;
import io.nightjar.linalg.SymmetricEigen;
import io.nightjar.pca.covariance.PartialCovariance;
import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The mean of a set of patches and the orthonormal directions of their largest variance, as many as
 * a {@link ComponentRule} keeps.
 *
 * <p>The channels of each stage of a network may be weighted before. Each direction's sign is
 * fixed: its entry of largest magnitude is positive. Variances have the divisor {@code patches -
 * 1}. Immutable; may be used by several threads at once.
 */
public final class PrincipalComponents implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Patches that are centred and multiplied at once: those of an image of 28 x 28. */
  private static final int CENTRED_ROWS = 784;

  private final double[] mean;
  private final double[] eigenvalues;

  /** Row-major channels x components. */
  private final double[] basis;

  private final double totalVariance;

  /** What channels are multiplied by, which the basis contains; empty where nothing is. */
  private final double[] factors;

  private transient volatile float[] floatBasis;

  /**
   * Components that were fitted before; the arrays are kept, not copied.
   *
   * @param mean of each channel
   * @param eigenvalues the variance along each component, descending
   * @param basis the components as columns: row-major channels x components
   * @param totalVariance of all channels together
   */
  public PrincipalComponents(
      double[] mean, double[] eigenvalues, double[] basis, double totalVariance) {
    this(mean, eigenvalues, basis, totalVariance, new double[0]);
  }

  /**
   * Components of weighted channels that were fitted before; the arrays are kept, not copied.
   *
   * @param mean of each channel, before it is multiplied
   * @param eigenvalues the variance along each component, descending
   * @param basis the components as columns, each row multiplied by its channel's factor: row-major
   *     channels x components
   * @param totalVariance of all weighted channels together
   * @param factors what each channel is multiplied by; empty where none is
   */
  public PrincipalComponents(
      double[] mean, double[] eigenvalues, double[] basis, double totalVariance, double[] factors) {
    if ((long) mean.length * eigenvalues.length != basis.length) {
      throw new IllegalArgumentException(
          Text.format(
              "A basis of %d values does not belong to %d channels and %d components",
              basis.length, mean.length, eigenvalues.length));
    }
    if (factors.length != 0 && factors.length != mean.length) {
      throw new IllegalArgumentException(
          Text.format("%d factors do not belong to %d channels", factors.length, mean.length));
    }
    this.mean = mean;
    this.eigenvalues = eigenvalues;
    this.basis = basis;
    this.totalVariance = totalVariance;
    this.factors = factors;
  }

  /**
   * The fewest components that together have at least {@code variance} of the total variance. At 1,
   * all components whose variance is not zero: more than 2^-24 of the largest, and not more
   * components than patches - 1.
   *
   * @param variance above 0, at most 1
   * @throws InvalidInputException if {@code variance} is out of range, there are fewer than 2
   *     patches, or all patches are equal
   */
  public static PrincipalComponents fit(PartialCovariance total, double variance) {
    return fit(total, ComponentRule.of(variance));
  }

  /**
   * The components of one stage that a rule keeps.
   *
   * @throws InvalidInputException if there are fewer than 2 patches, or all patches are equal
   */
  public static PrincipalComponents fit(PartialCovariance total, ComponentRule rule) {
    return fit(total, rule, List.of(total.channels()));
  }

  /**
   * The components that a rule keeps. Where it weighs stages, their covariance is that of the
   * weighted channels, {@code diag(f) C diag(f)}, and patches are multiplied by the factors {@code
   * f} before they are projected.
   *
   * @param stages the number of channels of each stage of the network
   * @throws InvalidInputException if there are fewer than 2 patches, or all patches are equal
   */
  public static PrincipalComponents fit(
      PartialCovariance total, ComponentRule rule, List<Integer> stages) {
    requireRows(total.count());
    int channels = total.channels();
    double[] covariance = total.covariance();
    double[] factors =
        rule.weights()
            .factors(
                stages,
                IntStream.range(0, channels)
                    .mapToDouble(i -> covariance[i * channels + i])
                    .toArray());
    if (factors.length > 0) {
      for (int i = 0; i < channels; i++) {
        for (int j = 0; j < channels; j++) {
          covariance[i * channels + j] *= factors[i] * factors[j];
        }
      }
    }
    SymmetricEigen eigen = SymmetricEigen.of(covariance, channels);
    return select(total.mean(), eigen, total.count(), rule, factors);
  }

  /** Refuses too few patches to have a covariance. */
  public static void requireRows(long rows) {
    if (rows < 2) {
      throw new InvalidInputException(
          Text.format(
              "Principal components need at least 2 patches, but there %s %d",
              rows == 1 ? "is" : "are", rows));
    }
  }

  /**
   * Those of all components that a rule keeps.
   *
   * @param mean of each channel, before it is multiplied
   * @param rows patches that the components were found from
   * @param factors what each channel was multiplied by; empty where none was
   */
  public static PrincipalComponents select(
      double[] mean, SymmetricEigen eigen, long rows, ComponentRule rule, double[] factors) {
    int channels = mean.length;
    KeptVariances kept = KeptVariances.of(eigen.values(), rows, rule);
    int count = kept.values().length;
    double[] basis = new double[channels * count];
    for (int i = 0; i < channels; i++) {
      System.arraycopy(eigen.vectors(), i * channels, basis, i * count, count);
    }
    for (int i = 0; i < factors.length * count; i++) {
      basis[i] *= factors[i / count];
    }
    return new PrincipalComponents(mean, kept.values(), basis, kept.total(), factors);
  }

  /**
   * The same with coordinates in another unit.
   *
   * @param factor what coordinates are multiplied by
   * @return this itself for 1
   */
  PrincipalComponents scaled(double factor) {
    if (factor == 1) {
      return this;
    }
    double[] units = basis.clone();
    for (int i = 0; i < units.length; i++) {
      units[i] *= factor;
    }
    double[] variances = eigenvalues.clone();
    for (int i = 0; i < variances.length; i++) {
      variances[i] *= factor * factor;
    }
    return new PrincipalComponents(
        mean, variances, units, totalVariance * factor * factor, factors);
  }

  /** Values per patch. */
  public int channels() {
    return mean.length;
  }

  /** Components kept. */
  public int count() {
    return eigenvalues.length;
  }

  /** The variance of all channels together, as they are weighted. */
  public double totalVariance() {
    return totalVariance;
  }

  /**
   * The explained variance ratio: the fraction of the total variance that the kept components have.
   */
  public double explainedVarianceRatio() {
    return KeptVariances.sum(eigenvalues) / totalVariance;
  }

  /** The variance along each kept component, descending. */
  public double[] eigenvalues() {
    return eigenvalues.clone();
  }

  /** The mean of each channel. */
  public double[] mean() {
    return mean.clone();
  }

  /**
   * The components as columns: row-major channels x count. Each row is multiplied by the factor of
   * its channel, where there are {@link #factors}.
   */
  public double[] basis() {
    return basis.clone();
  }

  /** What each channel is multiplied by before it is projected; empty where none is. */
  public double[] factors() {
    return factors.clone();
  }

  /**
   * The first {@code count} patches of a row-major array in the coordinates of the components:
   * row-major count x components, centred.
   *
   * <p>Patches are centred before the product: the rounding of the float32 product is then relative
   * to their deviations, however large the mean is.
   *
   * @throws IllegalArgumentException if the array is too short
   */
  public float[] project(float[] rows, int count) {
    int channels = mean.length;
    if (count < 0 || (long) count * channels > rows.length) {
      throw new IllegalArgumentException(
          Text.format(
              "%d patches of %d channels need %d values, but the array holds %d",
              count, channels, (long) count * channels, rows.length));
    }
    float[] projected = new float[Math.multiplyExact(count, eigenvalues.length)];
    if (count == 0) {
      return projected;
    }
    // Centred by tiles that stay in the cache.
    int tile = Math.min(count, CENTRED_ROWS);
    float[] centred = new float[tile * channels];
    float[] product = new float[tile * eigenvalues.length];
    for (int from = 0; from < count; from += tile) {
      int tileRows = Math.min(tile, count - from);
      centre(rows, from, tileRows, centred);
      Blas.multiply(centred, tileRows, channels, floatBasis(), eigenvalues.length, product);
      System.arraycopy(
          product, 0, projected, from * eigenvalues.length, tileRows * eigenvalues.length);
    }
    return projected;
  }

  /**
   * The same for patches whose coarse stages are not interpolated yet, for a fraction of the cost;
   * results agree to float32's rounding.
   *
   * @return row-major {@code [images * patches][components]}
   * @throws IllegalArgumentException if patches have another number of channels
   */
  public float[] project(PatchMaps maps) {
    return reduction().apply(maps);
  }

  private void centre(float[] rows, int from, int count, float[] centred) {
    int channels = mean.length;
    for (int row = 0; row < count; row++) {
      int start = (from + row) * channels;
      for (int i = 0; i < channels; i++) {
        centred[row * channels + i] = (float) (rows[start + i] - mean[i]);
      }
    }
  }

  /** {@link #project} in the form in which embedders apply it. */
  public LinearReduction reduction() {
    return new LinearReduction(mean, floatBasis(), eigenvalues.length);
  }

  /**
   * The coordinates of the mean in the uncentred basis, {@code basis^T mean}: what MLlib's model
   * adds to {@link #project}.
   */
  public double[] meanCoordinates() {
    double[] coordinates = new double[eigenvalues.length];
    for (int i = 0; i < mean.length; i++) {
      for (int j = 0; j < coordinates.length; j++) {
        coordinates[j] += mean[i] * basis[i * coordinates.length + j];
      }
    }
    return coordinates;
  }

  private float[] floatBasis() {
    float[] rounded = floatBasis;
    if (rounded == null) {
      rounded = new float[basis.length];
      for (int i = 0; i < basis.length; i++) {
        rounded[i] = (float) basis[i];
      }
      floatBasis = rounded;
    }
    return rounded;
  }
}
