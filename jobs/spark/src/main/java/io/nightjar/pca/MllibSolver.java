package io.nightjar.pca;

import io.nightjar.linalg.SymmetricEigen;
import io.nightjar.pca.components.ComponentRule;
import io.nightjar.pca.components.PrincipalComponents;
import io.nightjar.pca.covariance.PackedTriangle;
import io.nightjar.pca.covariance.Patches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.feature.PCAModel;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.mllib.linalg.Matrix;
import org.apache.spark.mllib.linalg.Vector;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.mllib.linalg.distributed.RowMatrix;
import org.apache.spark.mllib.stat.MultivariateStatisticalSummary;

/**
 * Principal components by MLlib's own {@code RowMatrix}, in float64 throughout: slow (one row at a
 * time, the decomposition in Java on the driver), and so a reference for samples; and components as
 * MLlib's own model.
 */
public final class MllibSolver {
  private MllibSolver() {}

  /**
   * All components by MLlib, then the same choice among them as {@link PrincipalComponents#fit}.
   *
   * @param patches arrays of whole patches, row-major
   * @param stages the number of values of each stage of the network in a patch
   * @param rule which components are kept, and how the stages are weighted
   * @return the components
   * @throws io.nightjar.error.InvalidInputException as for {@link PrincipalComponents#fit}, or if
   *     an array is not made of whole patches
   */
  public static PrincipalComponents fit(
      JavaRDD<float[]> patches, List<Integer> stages, ComponentRule rule) {
    int channels = stages.stream().mapToInt(Integer::intValue).sum();
    PackedTriangle.requireSide(channels);
    JavaRDD<Vector> rows = patches.flatMap(values -> rows(values, channels)).cache();
    try {
      PrincipalComponents.requireRows(rows.count());
      RowMatrix matrix = new RowMatrix(rows.rdd());
      MultivariateStatisticalSummary summary = matrix.computeColumnSummaryStatistics();
      double[] columnVariances = summary.variance().toArray();
      double[] factors = rule.weights().factors(stages, columnVariances);
      for (int i = 0; i < factors.length; i++) {
        columnVariances[i] *= factors[i] * factors[i];
      }
      scala.Tuple2<Matrix, Vector> all =
          weighted(matrix, rows, factors).computePrincipalComponentsAndExplainedVariance(channels);
      return PrincipalComponents.select(
          summary.mean().toArray(),
          SymmetricEigen.withFixedSigns(
              variances(all._2(), columnVariances), rowMajor(all._1(), channels)),
          summary.count(),
          rule,
          factors);
    } finally {
      rows.unpersist();
    }
  }

  /**
   * MLlib's own model type with the components. MLlib does not centre what it transforms: {@code
   * toModel(c).transform(x) = c.project(x) + c.meanCoordinates()}; distances between patches are
   * the same either way.
   *
   * @param components the fitted components
   * @return the model
   */
  public static PCAModel toModel(PrincipalComponents components) {
    int channels = components.channels();
    int count = components.count();
    double[] basis = components.basis();
    double[] columns = new double[basis.length];
    for (int i = 0; i < channels; i++) {
      for (int j = 0; j < count; j++) {
        columns[j * channels + i] = basis[i * count + j];
      }
    }
    double[] ratios =
        Arrays.stream(components.eigenvalues())
            .map(value -> value / components.totalVariance())
            .toArray();
    return new PCAModel(
        Identifiable$.MODULE$.randomUID("pca"),
        new DenseMatrix(channels, count, columns),
        new DenseVector(ratios));
  }

  private static Iterator<Vector> rows(float[] values, int channels) {
    int count = Patches.count(values, channels);
    List<Vector> rows = new ArrayList<>(count);
    for (int row = 0; row < count; row++) {
      double[] row64 = new double[channels];
      for (int i = 0; i < channels; i++) {
        row64[i] = values[row * channels + i];
      }
      rows.add(Vectors.dense(row64));
    }
    return rows.iterator();
  }

  private static RowMatrix weighted(RowMatrix plain, JavaRDD<Vector> rows, double[] factors) {
    return factors.length == 0
        ? plain
        : new RowMatrix(rows.map(row -> weighted(row, factors)).rdd());
  }

  private static Vector weighted(Vector row, double[] factors) {
    double[] values = row.toArray().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factors[i];
    }
    return Vectors.dense(values);
  }

  /** MLlib gives ratios of the total; they are NaN where that is zero. */
  private static double[] variances(Vector ratios, double[] columnVariances) {
    double total = 0;
    for (double variance : columnVariances) {
      total += variance;
    }
    double[] variances = new double[ratios.size()];
    if (total > 0) {
      for (int i = 0; i < variances.length; i++) {
        variances[i] = ratios.apply(i) * total;
      }
    }
    return variances;
  }

  private static double[] rowMajor(Matrix columns, int channels) {
    double[] vectors = new double[channels * channels];
    for (int i = 0; i < channels; i++) {
      for (int j = 0; j < channels; j++) {
        vectors[i * channels + j] = columns.apply(i, j);
      }
    }
    return vectors;
  }
}
