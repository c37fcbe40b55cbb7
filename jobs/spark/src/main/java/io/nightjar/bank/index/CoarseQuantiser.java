package io.nightjar.bank.index;

import io.nightjar.bank.approximate.RowSample;
import io.nightjar.bank.search.MemoryBank;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Centroids of inverted lists, by MLlib's k-means on a seeded sample of a bank's rows. */
final class CoarseQuantiser {
  /** Rows that are sampled for each centre. */
  static final int ROWS_PER_CENTRE = 32;

  private static final int ROUNDS = 5;
  private static final String COLUMN = "features";

  private CoarseQuantiser() {}

  /** {@code lists x dimension} values, row by row: fewer where fewer distinct rows are sampled. */
  static float[] centres(SparkSession spark, MemoryBank bank, int lists, long seed) {
    List<float[]> sample = distinctRows(bank, lists, seed);
    if (sample.size() == 1) {
      return sample.get(0);
    }
    KMeansModel model =
        new KMeans()
            .setFeaturesCol(COLUMN)
            .setK(Math.min(lists, sample.size()))
            .setSeed(seed)
            .setInitMode("random")
            .setMaxIter(ROUNDS)
            .setSolver("block")
            .fit(vectors(spark, sample));
    Vector[] found = model.clusterCenters();
    float[] centres = new float[found.length * bank.dimension()];
    for (int i = 0; i < centres.length; i++) {
      centres[i] = (float) found[i / bank.dimension()].apply(i % bank.dimension());
    }
    return centres;
  }

  /**
   * k-means is initialised with rows of the sample, and equal ones would result in fewer centres.
   */
  private static List<float[]> distinctRows(MemoryBank bank, int lists, long seed) {
    int size = (int) Math.min(bank.rows(), (long) lists * ROWS_PER_CENTRE);
    return Arrays.stream(RowSample.draw(bank.rows(), size, seed))
        .mapToObj(row -> FloatBuffer.wrap(RowSample.values(bank, row)))
        .distinct()
        .map(FloatBuffer::array)
        .toList();
  }

  private static Dataset<Row> vectors(SparkSession spark, List<float[]> sample) {
    // One partition: sums of several would be added in the order in which they arrive.
    JavaRDD<Row> vectors =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(sample, 1)
            .map(row -> RowFactory.create(vector(row)));
    return spark.createDataFrame(
        vectors,
        new StructType(
            new StructField[] {
              DataTypes.createStructField(COLUMN, SQLDataTypes.VectorType(), false)
            }));
  }

  private static Vector vector(float[] row) {
    double[] values = new double[row.length];
    for (int i = 0; i < row.length; i++) {
      values[i] = row[i];
    }
    return Vectors.dense(values);
  }
}
