package io.nightjar.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.nightjar.backbone.graph.OnnxGraphBuilder;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.Half;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NearestSectionTest {
  private static final int DIMENSION = 19;
  private static final int ROWS = 95;
  private static final int PART_ROWS = 40;
  private static final int QUERIES = 23;

  private final Random random = new Random(8);

  private float[][] vectors(int count, double scale) {
    float[][] vectors = new float[count][DIMENSION];
    for (float[] vector : vectors) {
      for (int i = 0; i < DIMENSION; i++) {
        vector[i] = (float) (scale * random.nextGaussian());
      }
    }
    return vectors;
  }

  private static MemoryBank bank(float[][] rows) {
    return new MemoryBank(rows[0].length, List.of(rows));
  }

  private static float[] distances(BankRows rows, float[][] queries, int neighbours)
      throws Exception {
    OnnxGraphBuilder graph = new OnnxGraphBuilder("search");
    String patches =
        graph.shapedInput(
            "patches", DataType.FLOAT, List.of("rows", String.valueOf(rows.dimension())));
    String distances = NearestSection.add(graph, patches, rows, neighbours, Optional.empty());
    graph.node("Identity", "distances", List.of(distances));
    graph.shapedOutput("distances", DataType.FLOAT, List.of("rows"));
    try (ExportRun run = ExportRun.of(graph.build(Map.of()))) {
      return ExportRun.floats(run.outputs(queries), "distances");
    }
  }

  private static double expected(float[][] rows, float[] query, int neighbours) {
    return Arrays.stream(rows)
        .mapToDouble(row -> distance(row, query))
        .sorted()
        .limit(neighbours)
        .average()
        .orElseThrow();
  }

  private static double distance(float[] row, float[] query) {
    double sum = 0;
    for (int i = 0; i < row.length; i++) {
      double difference = (double) row[i] - query[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }

  /** Three parts, the last one smaller; more neighbours than a part has candidates. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 60, ROWS})
  void isTheMeanDistanceFromTheNearestRowsOfAllParts(int neighbours) throws Exception {
    float[][] rows = vectors(ROWS, 5);
    float[][] queries = vectors(QUERIES, 5);

    float[] found =
        distances(new BankRows(bank(rows), RowPrecision.FP32, PART_ROWS), queries, neighbours);

    for (int query = 0; query < QUERIES; query++) {
      double expected = expected(rows, queries[query], neighbours);
      assertThat((double) found[query]).isCloseTo(expected, within(1e-6 * expected));
    }
  }

  /**
   * At a thousandth of their length apart, products alone would lose all digits of the distances:
   * squares of 1e6 have an error of about 0.1, and those of the distances are about 1.
   */
  @Test
  void nearDuplicatesKeepTheirDigits() throws Exception {
    float[][] rows = vectors(ROWS, 1000);
    float[][] queries = vectors(QUERIES, 0);
    for (int query = 0; query < QUERIES; query++) {
      for (int i = 0; i < DIMENSION; i++) {
        queries[query][i] = rows[4 * query][i] + 0.2f * (float) random.nextGaussian();
      }
    }

    float[] found = distances(new BankRows(bank(rows), RowPrecision.FP32, ROWS), queries, 1);

    for (int query = 0; query < QUERIES; query++) {
      double expected = expected(rows, queries[query], 1);
      assertThat((double) found[query]).isCloseTo(expected, within(1e-6 * expected));
    }
  }

  @Test
  void aRowOfTheBankItselfIsAtDistanceZero() throws Exception {
    float[][] rows = vectors(ROWS, 100);

    assertThat(
            distances(
                new BankRows(bank(rows), RowPrecision.FP32, PART_ROWS),
                Arrays.copyOf(rows, QUERIES),
                1))
        .containsOnly(0);
  }

  @Test
  void whatIsNotFiniteHasNoDistanceAndOthersKeepTheirs() throws Exception {
    float[][] rows = vectors(ROWS, 5);
    float[][] queries = vectors(4, 5);
    queries[0][3] = Float.NaN;
    queries[2][0] = Float.POSITIVE_INFINITY;

    float[] found = distances(new BankRows(bank(rows), RowPrecision.FP32, PART_ROWS), queries, 2);

    assertThat(found[0]).isNaN();
    assertThat(found[2]).isNaN();
    for (int query : new int[] {1, 3}) {
      double expected = expected(rows, queries[query], 2);
      assertThat((double) found[query]).isCloseTo(expected, within(1e-6 * expected));
    }
  }

  @Test
  void roundedRowsMoveDistancesByNoMoreThanIsSaid() throws Exception {
    float[][] rows = vectors(ROWS, 5);
    float[][] queries = vectors(QUERIES, 5);
    BankRows rounded = new BankRows(bank(rows), RowPrecision.FP16, PART_ROWS);
    float[][] halves = new float[ROWS][DIMENSION];
    double loss = 0;
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < DIMENSION; i++) {
        halves[row][i] = Half.toFloat(Half.of(rows[row][i]));
      }
      loss = Math.max(loss, distance(rows[row], halves[row]));
    }

    float[] found = distances(rounded, queries, 1);

    assertThat(rounded.largestLoss()).isEqualTo(loss).isPositive();
    for (int query = 0; query < QUERIES; query++) {
      double expected = expected(halves, queries[query], 1);
      assertThat((double) found[query])
          .isCloseTo(expected, within(1e-6 * expected))
          .isCloseTo(expected(rows, queries[query], 1), within(loss + 1e-5));
    }
  }

  @Test
  void rowsAreRefusedThatFloat16CannotHold() {
    BankRows rows =
        new BankRows(bank(new float[][] {{1, 2}, {3, -70000}}), RowPrecision.FP16, PART_ROWS);

    assertThatThrownBy(rows::largestLoss)
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "A row of the bank holds -70000.0, which float16 cannot: use --precision fp32.");
    assertThat(new BankRows(bank(new float[][] {{1, 70000}}), RowPrecision.FP32, 8).largestLoss())
        .isZero();
  }
}
