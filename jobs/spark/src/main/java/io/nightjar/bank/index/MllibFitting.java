package io.nightjar.bank.index;

import io.nightjar.bank.approximate.IndexFitting;
import io.nightjar.bank.search.MemoryBank;
import java.util.List;
import org.apache.spark.ml.feature.BucketedRandomProjectionLSH;
import org.apache.spark.ml.feature.BucketedRandomProjectionLSHModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Fits approximate indexes by MLlib: its k-means and its random projections. */
public record MllibFitting(SparkSession spark) implements IndexFitting {
  private static final String COLUMN = "features";

  @Override
  public float[] centres(MemoryBank bank, int lists, long seed) {
    return CoarseQuantiser.centres(spark, bank, lists, seed);
  }

  @Override
  public double[][] directions(int dimension, int count, double bucketLength, long seed) {
    BucketedRandomProjectionLSHModel model = model(dimension, count, bucketLength, seed);
    double[][] directions = new double[model.randUnitVectors().length][];
    for (int i = 0; i < directions.length; i++) {
      directions[i] = model.randUnitVectors()[i].toArray();
    }
    return directions;
  }

  /** MLlib draws the directions; it uses only the dimension of the data. */
  public BucketedRandomProjectionLSHModel model(
      int dimension, int count, double bucketLength, long seed) {
    StructType schema =
        new StructType(
            new StructField[] {
              DataTypes.createStructField(COLUMN, SQLDataTypes.VectorType(), false)
            });
    return new BucketedRandomProjectionLSH()
        .setInputCol(COLUMN)
        .setOutputCol("hashes")
        .setNumHashTables(count)
        .setBucketLength(bucketLength)
        .setSeed(seed)
        .fit(
            spark.createDataFrame(
                List.of(RowFactory.create(Vectors.dense(new double[dimension]))), schema));
  }
}
