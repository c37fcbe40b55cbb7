package io.nightjar.bank.coreset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RandomProjectionTest {

  @Test
  void dimensionsFollowTheLemma() {
    // scikit-learn, johnson_lindenstrauss_min_dim(n, eps=0.9).
    assertThat(RandomProjection.dimensions(163_856)).isEqualTo(296);
    assertThat(RandomProjection.dimensions(1_000)).isEqualTo(170);
  }

  @Test
  void shortRowsStayAsTheyAre() {
    assertThat(RandomProjection.where(163_856, 296, 1)).isEmpty();
    assertThat(RandomProjection.where(163_856, 297, 1)).isPresent();
  }

  @Test
  void distancesStayWithinTheStatedError() {
    int rows = 200;
    int dimension = 1792;
    float[] long1 = Vectors.gaussian(rows, dimension, 1);
    RandomProjection projection = RandomProjection.where(rows, dimension, 7).orElseThrow();

    float[] projected = projection.project(long1);

    assertThat(projection.dimension()).isEqualTo(130);
    for (int a = 0; a < rows; a++) {
      for (int b = 0; b < a; b++) {
        double ratio =
            squared(projected, projection.dimension(), a, b) / squared(long1, dimension, a, b);
        assertThat(ratio).isBetween(0.1, 1.9);
      }
    }
  }

  @Test
  void seedDecides() {
    float[] rows = Vectors.gaussian(2, 1792, 3);

    assertThat(projected(rows, 1)).isEqualTo(projected(rows, 1)).isNotEqualTo(projected(rows, 2));
  }

  private static float[] projected(float[] rows, long seed) {
    return RandomProjection.where(100, 1792, seed).orElseThrow().project(rows);
  }

  private static double squared(float[] rows, int dimension, int a, int b) {
    double sum = 0;
    for (int i = 0; i < dimension; i++) {
      double difference = rows[a * dimension + i] - rows[b * dimension + i];
      sum += difference * difference;
    }
    return sum;
  }
}
