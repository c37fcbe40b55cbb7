package io.nightjar.pca;

import io.nightjar.linalg.SymmetricEigen;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.mllib.linalg.Matrix;
import org.apache.spark.mllib.linalg.Vector;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.mllib.linalg.distributed.RowMatrix;
import org.apache.spark.mllib.stat.MultivariateStatisticalSummary;

/** All components by MLlib's {@code RowMatrix}, then the same choice among them. */
final class MllibSolver {
  private MllibSolver() {}

  static PrincipalComponents fit(JavaRDD<float[]> patches, int channels, double variance) {
    PackedTriangle.requireSide(channels);
    JavaRDD<Vector> rows = patches.flatMap(values -> rows(values, channels)).cache();
    try {
      PrincipalComponents.requireRows(rows.count());
      RowMatrix matrix = new RowMatrix(rows.rdd());
      MultivariateStatisticalSummary summary = matrix.computeColumnSummaryStatistics();
      scala.Tuple2<Matrix, Vector> all =
          matrix.computePrincipalComponentsAndExplainedVariance(channels);
      return PrincipalComponents.select(
          summary.mean().toArray(),
          SymmetricEigen.withFixedSigns(
              variances(all._2(), summary.variance()), rowMajor(all._1(), channels)),
          summary.count(),
          variance);
    } finally {
      rows.unpersist();
    }
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

  /** MLlib gives shares of the total; they are NaN where that is zero. */
  private static double[] variances(Vector shares, Vector columnVariances) {
    double total = 0;
    for (double variance : columnVariances.toArray()) {
      total += variance;
    }
    double[] variances = new double[shares.size()];
    if (total > 0) {
      for (int i = 0; i < variances.length; i++) {
        variances[i] = shares.apply(i) * total;
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
