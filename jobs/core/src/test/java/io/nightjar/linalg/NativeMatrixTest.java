package io.nightjar.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeMatrixTest {
  /**
   * What the tests of this class run on; {@link JavaNativeMatrixTest} runs them all on plain Java.
   */
  Kernels kernels() {
    return OpenBlasTest.kernels();
  }

  @BeforeEach
  void skipWhereTheyAreNotAsked() {
    kernels();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 0, 1",
    "1, 5, 3, 0, 1",
    "40, 17, 9, 3, 31",
    "129, 65, 33, 128, 1",
    "1500, 21, 5, 500, 700"
  })
  void productEqualsItsScalarTwin(int rows, int columns, int n, int from, int count) {
    float[] matrix = BlasTest.random(rows * columns, 1);
    float[] queries = BlasTest.random(n * columns, 2);
    float[] out = new float[n * count];
    try (NativeMatrix resident = NativeMatrix.copyOf(kernels(), List.of(matrix), rows, columns)) {
      resident.multiplyTransposed(queries, n, from, count, out);
    }

    float[] transposed = new float[columns * count];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < columns; j++) {
        transposed[j * count + i] = matrix[(from + i) * columns + j];
      }
    }
    BlasTest.assertClose(
        out, BlasTest.scalarProduct(queries, n, columns, transposed, count), columns);
  }

  @Test
  void rowsFollowEachOtherAcrossBlocks() {
    List<float[]> blocks = List.of(new float[] {1, 2, 3, 4}, new float[0], new float[] {5, 6});
    float[] row = new float[2];
    try (NativeMatrix matrix = NativeMatrix.copyOf(kernels(), blocks, 3, 2)) {
      assertThat(matrix.rows()).isEqualTo(3);
      assertThat(matrix.columns()).isEqualTo(2);
      matrix.copyRow(1, row);
      assertThat(row).containsExactly(3, 4);
      matrix.copyRow(2, row);
      assertThat(row).containsExactly(5, 6);
    }
  }

  @Test
  void rowsComeBackFromBlocksOfAnySize() {
    int rows = 1300;
    int columns = 7;
    float[] values = BlasTest.random(rows * columns, 3);
    List<float[]> blocks =
        List.of(
            Arrays.copyOfRange(values, 0, 500 * columns),
            Arrays.copyOfRange(values, 500 * columns, 501 * columns),
            Arrays.copyOfRange(values, 501 * columns, rows * columns));
    float[] row = new float[columns];
    try (NativeMatrix matrix = NativeMatrix.copyOf(kernels(), blocks, rows, columns)) {
      for (int i = 0; i < rows; i++) {
        matrix.copyRow(i, row);
        assertThat(row).isEqualTo(Arrays.copyOfRange(values, i * columns, (i + 1) * columns));
      }
    }
  }

  @Test
  void blocksThatDoNotFillTheMatrixAreRefused() {
    List<float[]> two = List.of(new float[] {1, 2, 3, 4});

    assertThatIllegalArgumentException()
        .isThrownBy(() -> NativeMatrix.copyOf(kernels(), two, 3, 2))
        .withMessage("The blocks hold 2 rows, but 3 were announced");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NativeMatrix.copyOf(kernels(), two, 1, 2))
        .withMessage("The blocks hold at least 2 rows, but 1 were announced");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NativeMatrix.copyOf(kernels(), two, 2, 3))
        .withMessage("A block of 4 values is not made of whole rows of 3 columns");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NativeMatrix.copyOf(kernels(), List.of(), 0, 3))
        .withMessage("A native matrix of 0 x 3 is empty: both sides must be at least 1");
  }

  @Test
  void rowsOutsideOfTheMatrixAreRefused() {
    try (NativeMatrix matrix = NativeMatrix.copyOf(kernels(), List.of(new float[6]), 3, 2)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> matrix.multiplyTransposed(new float[2], 1, 2, 2, new float[2]))
          .withMessage("Rows 2 to 3 are outside a matrix of 3 rows");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> matrix.multiplyTransposed(new float[1], 1, 0, 1, new float[1]))
          .withMessage("queries of 1 x 2 needs 2 values, but its array holds 1");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> matrix.copyRow(3, new float[2]))
          .withMessage("Row 3 is outside a matrix of 3 rows");
    }
  }

  @Test
  void closedMatrixIsRefusedAndMayBeClosedAgain() {
    NativeMatrix matrix = NativeMatrix.copyOf(kernels(), List.of(new float[] {1, 2}), 1, 2);
    matrix.close();
    matrix.close();

    assertThatIllegalStateException()
        .isThrownBy(() -> matrix.copyRow(0, new float[2]))
        .withMessage("The native matrix is closed");
  }
}
