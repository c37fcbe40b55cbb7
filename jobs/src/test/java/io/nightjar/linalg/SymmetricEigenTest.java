package io.nightjar.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricEigenTest {

  /** [[2, 1], [1, 2]] has the values 3 and 1 on the diagonals of the square. */
  @Test
  void solvesTheTwoByTwoMatrixOfTheTextbook() {
    SymmetricEigen eigen = SymmetricEigen.of(new double[] {2, 1, 1, 2}, 2);

    double half = Math.sqrt(0.5);
    assertThat(eigen.values()).containsExactly(new double[] {3, 1}, within(1e-14));
    assertThat(Math.abs(eigen.vectors()[0])).isCloseTo(half, within(1e-14));
    assertThat(eigen.vectors()[2]).isCloseTo(eigen.vectors()[0], within(1e-14));
    assertThat(eigen.vectors()[3]).isCloseTo(-eigen.vectors()[1], within(1e-14));
  }

  @Test
  void oneByOneMatrixIsItsOwnValue() {
    SymmetricEigen eigen = SymmetricEigen.of(new double[] {-4}, 1);

    assertThat(eigen.values()).containsExactly(-4);
    assertThat(eigen.vectors()).containsExactly(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 33, 65})
  void agreesWithJacobiRotations(int n) {
    double[] matrix = randomSymmetric(n, 5);

    SymmetricEigen eigen = SymmetricEigen.of(matrix, n);

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
    double[] vectors = SymmetricEigen.of(randomSymmetric(n, 6), n).vectors();

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

  @Test
  void entryThatIsNotFiniteIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SymmetricEigen.of(new double[] {1, 0, Double.NaN, 1}, 2))
        .withMessage("Entry (1, 0) of the symmetric matrix is NaN");
  }

  @Test
  void shortAndEmptyMatricesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SymmetricEigen.of(new double[3], 2))
        .withMessage("The symmetric matrix of 2 x 2 needs 4 values, but its array holds 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SymmetricEigen.of(new double[0], 0))
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
