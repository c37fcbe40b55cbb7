package io.nightjar.benchmark.baseline;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.mllib.linalg.Vector;
import org.apache.spark.mllib.linalg.Vectors;

/**
 * Patches as MLlib takes them, held in memory in one partition: one core against one of ours, and
 * nothing read or sent while it is timed.
 */
public final class MllibRows implements AutoCloseable {
  private final Broadcast<float[]> values;
  private final JavaRDD<Vector> rows;

  /**
   * Turns {@code count} patches into vectors and keeps them in memory.
   *
   * @param patches {@code count x channels}, row by row
   */
  public MllibRows(JavaSparkContext spark, float[] patches, int count, int channels) {
    values = spark.broadcast(patches);
    Broadcast<float[]> shared = values;
    rows =
        spark
            .parallelize(List.of(count), 1)
            .flatMap(number -> vectors(shared.value(), number, channels))
            .cache();
    long unused = rows.count();
  }

  /** The vectors, in one partition. */
  public JavaRDD<Vector> rows() {
    return rows;
  }

  private static Iterator<Vector> vectors(float[] patches, int count, int channels) {
    List<Vector> vectors = new ArrayList<>(count);
    for (int row = 0; row < count; row++) {
      double[] vector = new double[channels];
      for (int i = 0; i < channels; i++) {
        vector[i] = patches[row * channels + i];
      }
      vectors.add(Vectors.dense(vector));
    }
    return vectors.iterator();
  }

  @Override
  public void close() {
    rows.unpersist();
    values.destroy();
  }
}
