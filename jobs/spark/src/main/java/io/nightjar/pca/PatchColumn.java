package io.nightjar.pca;

import io.nightjar.error.InvalidInputException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.functions;

/** Reads patches from a column. */
final class PatchColumn {
  private PatchColumn() {}

  /** One array per row, in the order of the rows. */
  static JavaRDD<float[]> read(Dataset<?> dataset, String column, boolean vectors) {
    Column values = functions.col(column);
    if (vectors) {
      return dataset
          .select(values)
          .toJavaRDD()
          .map(row -> toFloats(requirePresent((Vector) row.get(0))));
    }
    // Unlike rows, this encoder transfers the numbers without boxing each of them.
    return dataset
        .select(values)
        .as(dataset.sparkSession().implicits().newFloatArrayEncoder())
        .toJavaRDD()
        .map(PatchColumn::requirePresent);
  }

  static float[] toFloats(Vector vector) {
    double[] values = vector.toArray();
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  static <T> T requirePresent(T patch) {
    if (patch == null) {
      throw new InvalidInputException("The input column contains a null; drop such rows first");
    }
    return patch;
  }
}
