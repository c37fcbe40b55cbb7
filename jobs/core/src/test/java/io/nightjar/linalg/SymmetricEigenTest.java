package io.nightjar.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricEigenTest {
  /**
   * What the tests of this class run on; {@link JavaSymmetricEigenTest} runs them all on plain
   * Java.
   */
  Kernels kernels() {
    return OpenBlasTest.kernels();
  }

  @BeforeEach
  void skipWhereTheyAreNotAsked() {
    kernels();
  }

  /** [[2, 1], [1, 2]] has the values 3 and 1 on the diagonals of the square. */
  @Test
  void solvesTheTwoByTwoMatrixOfTheTextbook() {
    SymmetricEigen eigen = SymmetricEigen.of(kernels(), new double[] {2, 1, 1, 2}, 2);

    double half = Math.sqrt(0.5);
    assertThat(eigen.values()).containsExactly(new double[] {3, 1}, within(1e-14));
    assertThat(Math.abs(eigen.vectors()[0])).isCloseTo(half, within(1e-14));
    assertThat(eigen.vectors()[2]).isCloseTo(eigen.vectors()[0], within(1e-14));
    assertThat(eigen.vectors()[3]).isCloseTo(-eigen.vectors()[1], within(1e-14));
  }

  @Test
  void oneByOneMatrixIsItsOwnValue() {
    SymmetricEigen eigen = SymmetricEigen.of(kernels(), new double[] {-4}, 1);

    assertThat(eigen.values()).containsExactly(-4);
    assertThat(eigen.vectors()).containsExactly(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 33, 65})
  void agreesWithJacobiRotations(int n) {
    double[] matrix = randomSymmetric(n, 5);

    SymmetricEigen eigen = SymmetricEigen.of(kernels(), matrix, n);

    Jacobi.Result expected = Jacobi.solve(matrix, n);
    assertThat(eigen.values()).containsExactly(expected.values(), within(1e-11));
    for (int j = 0; j < n; j++) {
      double product = 0;
      for (int i = 0; i < n; i++) {
        product += eigen.vectors()[i * n + j] * expected.vectors()[j][i];
      }
      assertThat(Math.abs(product)).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void largestEntryOfEachVectorIsPositive() {
    int n = 40;
    double[] vectors = SymmetricEigen.of(kernels(), randomSymmetric(n, 6), n).vectors();

    for (int j = 0; j < n; j++) {
      double largest = 0;
      for (int i = 0; i < n; i++) {
        if (Math.abs(vectors[i * n + j]) > Math.abs(largest)) {
          largest = vectors[i * n + j];
        }
      }
      assertThat(largest).isPositive();
    }
  }

  /** The spectrum of a covariance: a few large values, many small ones, and a null space. */
  @Test
  void gradedSpectrumIsReproduced() {
    int n = 150;
    double[] matrix = new double[n * n];
    Random random = new Random(7);
    for (int term = 0; term < 100; term++) {
      double scale = Math.pow(10, -term / 15.0);
      double[] vector = random.doubles(n, -1, 1).toArray();
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          matrix[i * n + j] += scale * (vector[i] * vector[j]);
        }
      }
    }

    SymmetricEigen eigen = SymmetricEigen.of(kernels(), matrix, n);

    double[] vectors = eigen.vectors();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double rebuilt = 0;
        double product = 0;
        for (int l = 0; l < n; l++) {
          rebuilt += vectors[i * n + l] * eigen.values()[l] * vectors[j * n + l];
          product += vectors[l * n + i] * vectors[l * n + j];
        }
        assertThat(rebuilt).isCloseTo(matrix[i * n + j], within(1e-11));
        assertThat(product).isCloseTo(i == j ? 1 : 0, within(1e-12));
      }
    }
  }

  @Test
  void concurrentSolutionsAreThoseOfOneThread() {
    List<double[]> matrices =
        IntStream.range(0, 16).mapToObj(seed -> randomSymmetric(60, seed)).toList();
    List<double[]> alone =
        matrices.stream().map(m -> SymmetricEigen.of(kernels(), m, 60).vectors()).toList();

    List<double[]> together =
        matrices.parallelStream().map(m -> SymmetricEigen.of(kernels(), m, 60).vectors()).toList();

    for (int i = 0; i < alone.size(); i++) {
      assertThat(together.get(i)).isEqualTo(alone.get(i));
    }
  }

  @Test
  void entryThatIsNotFiniteIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SymmetricEigen.of(kernels(), new double[] {1, 0, Double.NaN, 1}, 2))
        .withMessage("Entry (1, 0) of the symmetric matrix is NaN");
  }

  @Test
  void shortAndEmptyMatricesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SymmetricEigen.of(kernels(), new double[3], 2))
        .withMessage("The symmetric matrix of 2 x 2 needs 4 values, but its array holds 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SymmetricEigen.of(kernels(), new double[0], 0))
        .withMessage("The symmetric matrix of 0 x 0 is empty: both sides must be at least 1");
  }

  private static double[] randomSymmetric(int n, long seed) {
    Random random = new Random(seed);
    double[] matrix = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        matrix[i * n + j] = random.nextGaussian();
        matrix[j * n + i] = matrix[i * n + j];
      }
    }
    return matrix;
  }
}
