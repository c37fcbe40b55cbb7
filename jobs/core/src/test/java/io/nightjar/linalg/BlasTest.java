package io.nightjar.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

public class BlasTest {
  /** What the tests of this class run on; {@link JavaBlasTest} runs them all on plain Java. */
  Kernels kernels() {
    return OpenBlasTest.kernels();
  }

  @BeforeEach
  void skipWhereTheyAreNotAsked() {
    kernels();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "1, 5, 1",
    "1, 7, 9",
    "3, 1, 4",
    "16, 16, 16",
    "17, 31, 13",
    "65, 129, 33",
    "200, 300, 7",
    "1000, 5000, 3",
    "5, 700, 1100"
  })
  void productEqualsItsScalarTwin(int m, int k, int n) {
    float[] a = random(m * k, 1);
    float[] b = random(k * n, 2);
    float[] product = new float[m * n];

    Blas.multiply(kernels(), a, m, k, b, n, product);

    assertClose(product, scalarProduct(a, m, k, b, n), k);
  }

  /**
   * The exact search builds on it: k u / (1 - k u) times the sum of the magnitudes (Higham,
   * Accuracy and Stability of Numerical Algorithms, section 3.1).
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 67, 1100})
  void errorStaysBelowTheBoundForSumsInAnyOrder(int k) {
    int n = 600;
    float[] a = random(k, 8);
    float[] b = random(k * n, 9);
    for (int i = 0; i < k; i++) {
      a[i] *= 1 << i % 9;
    }
    float[] product = new float[n];

    Blas.multiply(kernels(), a, 1, k, b, n, product);

    double bound = k * 0x1p-24 / (1 - k * 0x1p-24);
    for (int j = 0; j < n; j++) {
      // The products are exact in float64, and its sums nearly so.
      double exact = 0;
      double magnitudes = 0;
      for (int i = 0; i < k; i++) {
        double term = (double) a[i] * b[i * n + j];
        exact += term;
        magnitudes += Math.abs(term);
      }
      assertThat(Math.abs(product[j] - exact)).isLessThanOrEqualTo((bound + 1e-12) * magnitudes);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 6", "7, 1", "16, 16", "33, 17", "130, 65", "70000, 70", "300, 1100"})
  void gramEqualsItsScalarTwinAboveTheDiagonal(int rows, int n) {
    float[] a = random(rows * n, 3);
    float[] gram = new float[n * n];
    Arrays.fill(gram, -7f);

    Blas.gramUpper(kernels(), a, 0, rows, n, gram);

    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (j < i) {
          assertThat(gram[i * n + j]).as("below the diagonal").isEqualTo(-7f);
        } else {
          double expected = 0;
          for (int r = 0; r < rows; r++) {
            expected += (double) a[r * n + i] * a[r * n + j];
          }
          assertThat((double) gram[i * n + j])
              .isCloseTo(expected, org.assertj.core.data.Offset.offset(1e-6 * (rows + 10)));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "1, 7, 9",
    "5, 1, 4",
    "16, 16, 16",
    "31, 17, 13",
    "196, 65, 33",
    "70000, 3, 70",
    "700, 20, 1100"
  })
  void transposedProductEqualsItsScalarTwin(int rows, int m, int n) {
    float[] a = random(rows * m, 4);
    float[] b = random(rows * n, 5);
    float[] transposed = new float[rows * m];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < m; i++) {
        transposed[i * rows + row] = a[row * m + i];
      }
    }
    float[] product = new float[m * n];
    Arrays.fill(product, Float.NaN);

    Blas.transposedMultiply(kernels(), a, rows, m, b, n, product);

    assertClose(product, scalarProduct(transposed, m, rows, b, n), rows);
  }

  @Test
  void arraysMayBeLongerThanTheirMatrices() {
    float[] product = {0, 99};

    Blas.multiply(kernels(), new float[] {2, 8, 8}, 1, 1, new float[] {3, 8}, 1, product);

    assertThat(product).containsExactly(6, 99);
  }

  @Test
  void concurrentCallsGiveTheBitsOfOneThread() throws Exception {
    int m = 97;
    int k = 301;
    int n = 53;
    int kinds = 8;
    List<float[]> alone = new ArrayList<>();
    for (int kind = 0; kind < kinds; kind++) {
      alone.add(product(m, k, n, kind));
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Boolean>> outcomes = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        int shift = thread;
        outcomes.add(
            threads.submit(
                () -> {
                  for (int call = 0; call < 100; call++) {
                    int kind = (call + shift) % kinds;
                    if (!Arrays.equals(product(m, k, n, kind), alone.get(kind))) {
                      return false;
                    }
                  }
                  return true;
                }));
      }
      for (Future<Boolean> outcome : outcomes) {
        assertThat(outcome.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void emptyMatrixIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Blas.multiply(kernels(), new float[0], 0, 3, new float[3], 1, new float[1]))
        .withMessage("A of 0 x 3 is empty: both sides must be at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Blas.gramUpper(kernels(), new float[0], 0, 3, 0, new float[0]))
        .withMessage("A of 3 x 0 is empty: both sides must be at least 1");
  }

  @Test
  void shortArraysAreRefusedWithBothSizes() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Blas.multiply(kernels(), new float[5], 2, 3, new float[3], 1, new float[2]))
        .withMessage("A of 2 x 3 needs 6 values, but its array holds 5");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Blas.multiply(kernels(), new float[6], 2, 3, new float[2], 1, new float[2]))
        .withMessage("B of 3 x 1 needs 3 values, but its array holds 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Blas.gramUpper(kernels(), new float[6], 0, 2, 3, new float[8]))
        .withMessage("C of 3 x 3 needs 9 values, but its array holds 8");
  }

  private float[] product(int m, int k, int n, int seed) {
    float[] product = new float[m * n];
    Blas.multiply(kernels(), random(m * k, seed), m, k, random(k * n, seed + 100), n, product);
    return product;
  }

  public static float[] random(int length, long seed) {
    Random random = new Random(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  static double[] scalarProduct(float[] a, int m, int k, float[] b, int n) {
    double[] product = new double[m * n];
    for (int i = 0; i < m; i++) {
      for (int l = 0; l < k; l++) {
        for (int j = 0; j < n; j++) {
          product[i * n + j] += (double) a[i * k + l] * b[l * n + j];
        }
      }
    }
    return product;
  }

  /** Equal but for the rounding of sums of {@code terms} products below 1/4. */
  static void assertClose(float[] actual, double[] expected, int terms) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(Math.abs(actual[i] - expected[i])).isLessThan(1e-7 * (terms + 10));
    }
  }
}
