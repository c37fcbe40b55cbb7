package io.nightjar.bank.coreset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FarthestFirstTest {

  static Stream<Arguments> inputs() {
    return Stream.of(
        Arguments.of("gaussian", Vectors.gaussian(700, 40, 1), 40, 300, 5),
        Arguments.of("principal", Vectors.principal(3000, 67, 2), 67, 900, 2999),
        Arguments.of("clustered", Vectors.clustered(2000, 21, 9, 3), 21, 600, 17),
        Arguments.of("all of them", Vectors.gaussian(530, 16, 4), 16, 530, 0),
        Arguments.of("fewer columns than a sketch", Vectors.gaussian(900, 3, 5), 3, 400, 1),
        Arguments.of("one column", Vectors.gaussian(600, 1, 6), 1, 500, 1),
        Arguments.of("ties", Vectors.grid(2000, 6, 4, 7), 6, 1500, 3),
        Arguments.of("tiny", scaled(Vectors.gaussian(400, 9, 8), 1e-30f), 9, 100, 3),
        Arguments.of("subnormal", scaled(Vectors.gaussian(400, 9, 8), 1e-43f), 9, 100, 3),
        Arguments.of("huge", scaled(Vectors.gaussian(400, 9, 9), 1e30f), 9, 100, 3),
        Arguments.of("far from the origin", shifted(Vectors.gaussian(800, 24, 10)), 24, 300, 3));
  }

  private static float[] scaled(float[] rows, float factor) {
    float[] scaled = rows.clone();
    for (int i = 0; i < rows.length; i++) {
      scaled[i] *= factor;
    }
    return scaled;
  }

  private static float[] shifted(float[] rows) {
    float[] shifted = rows.clone();
    for (int i = 0; i < rows.length; i++) {
      shifted[i] += 1e5f;
    }
    return shifted;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("inputs")
  void choosesWhatThePlainAlgorithmChooses(
      String name, float[] rows, int dimension, int k, int first) {
    FarthestFirst.Picks picks = select(rows, dimension, k, first);

    assertThat(picks.rows())
        .containsExactly(
            PlainFarthestFirst.select(rows, dimension, k, first).toArray(Integer[]::new));
    double radius = PlainFarthestFirst.radius(rows, dimension, picks.rows());
    assertThat(picks.radius()).isCloseTo(radius, within(1e-12 * radius));
  }

  @Test
  void equallyFarRowsGoByTheirNumber() {
    float[] cross = {0, 0, 1, 0, -3, 0, 3, 0, 0, 3};

    assertThat(select(cross, 2, 5, 0).rows()).containsExactly(0, 2, 3, 4, 1);
  }

  @Test
  void oneRowIsTheFirst() {
    float[] line = {0, 3, 7, 10};

    FarthestFirst.Picks picks = select(line, 1, 1, 2);

    assertThat(picks.rows()).containsExactly(2);
    assertThat(picks.radius()).isEqualTo(7);
  }

  @Test
  void equalRowsAreNeverChosenTwice() {
    float[] rows = {1, 5, 1, 5, 9, 1};

    FarthestFirst.Picks picks = select(rows, 1, 6, 2);

    assertThat(picks.rows()).containsExactly(2, 4, 1);
    assertThat(picks.radius()).isZero();
  }

  @Test
  void progressCountsEveryChosenRow() {
    AtomicInteger reported = new AtomicInteger();

    FarthestFirst.select(Vectors.gaussian(1000, 4, 1), 1000, 4, 700, 0, reported::addAndGet);

    assertThat(reported).hasValue(700);
  }

  @Test
  void arrayMayBeLongerThanItsRows() {
    float[] rows = Vectors.gaussian(100, 8, 3);
    float[] longer = Arrays.copyOf(rows, 2 * rows.length);
    Arrays.fill(longer, rows.length, longer.length, 1e9f);

    assertThat(FarthestFirst.select(longer, 100, 8, 30, 1, chosen -> {}).rows())
        .containsExactly(select(rows, 8, 30, 1).rows());
  }

  private static FarthestFirst.Picks select(float[] rows, int dimension, int k, int first) {
    return FarthestFirst.select(rows, rows.length / dimension, dimension, k, first, chosen -> {});
  }
}
