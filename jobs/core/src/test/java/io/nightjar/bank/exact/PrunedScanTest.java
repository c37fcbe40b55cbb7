package io.nightjar.bank.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.bank.kmeans.Centre;
import io.nightjar.bank.kmeans.RowGroups;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.search.RowRange;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrunedScanTest {
  private static final int DIMENSION = 16;

  @Test
  void rowsInTightClustersArePruned() {
    float[] rows = gaussian(4000, 1);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = 100 * (i / DIMENSION % 40) + rows[i];
    }

    assertThat(prunes(rows, Arrays.copyOf(rows, 50 * DIMENSION), 1)).isTrue();
    assertThat(prunes(rows, Arrays.copyOf(rows, 50 * DIMENSION), 30)).isTrue();
  }

  @Test
  void withoutStructurePruningGivesUp() {
    assertThat(prunes(gaussian(4000, 2), gaussian(50, 3), 1)).isFalse();
  }

  @Test
  void asManyNeighboursAsRowsLeaveNothingToPrune() {
    float[] rows = gaussian(300, 4);

    // Every group is a seed of every query then.
    assertThat(prunes(rows, gaussian(5, 5), 300)).isTrue();
  }

  @Test
  void groupsContainEveryRowOnceAndAreInsideTheirBoundingBalls() {
    MemoryBank bank = new MemoryBank(DIMENSION, List.of(gaussian(1000, 6), gaussian(777, 7)));
    Centre centre = new Centre(bank);

    RowGroups groups = RowGroups.ofNeighbours(bank, centre, 20);

    assertThat(groups.count()).isBetween(45, 180);
    assertThat(groups.rowAt()).hasSize(1777).doesNotHaveDuplicates();
    assertThat(Arrays.stream(groups.rowAt())).allMatch(row -> row >= 0 && row < 1777);
    try (BoundingBalls balls = new BoundingBalls(bank, centre, groups)) {
      for (int group = 0; group < groups.count(); group++) {
        int size = groups.size(group);
        assertThat(size).isPositive();
        float[] rows = centre.centred(bank, groups.rowAt(), groups.start(group), size);
        double farthest = 0;
        for (int row = 0; row < size; row++) {
          double sum = 0;
          for (int i = 0; i < DIMENSION; i++) {
            double mean = 0;
            for (int other = 0; other < size; other++) {
              mean += rows[other * DIMENSION + i] / size;
            }
            sum += Math.pow(rows[row * DIMENSION + i] - mean, 2);
          }
          farthest = Math.max(farthest, Math.sqrt(sum));
        }
        assertThat(balls.radius(group)).isBetween(farthest * (1 - 1e-6), farthest * (1 + 1e-5));
      }
    }
  }

  @Test
  void theSameBankGivesTheSameGroups() {
    MemoryBank bank = new MemoryBank(DIMENSION, List.of(gaussian(3000, 8)));

    assertThat(RowGroups.ofNeighbours(bank, new Centre(bank), 16).rowAt())
        .containsExactly(RowGroups.ofNeighbours(bank, new Centre(bank), 16).rowAt());
  }

  /** In few dimensions the nearest row often lies on the rim of another group than the seed. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void nearestRowsOnTheRimOfTheirGroupAreFound(int dimension) {
    Random random = new Random(dimension);
    float[] rows = new float[3000 * dimension];
    float[] queries = new float[3000 * dimension];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextFloat();
      queries[i] = random.nextFloat();
    }
    MemoryBank bank = new MemoryBank(dimension, List.of(rows));

    try (ExactSearch search = new ExactSearch(bank, 8, true)) {
      int[] found = search.nearest(queries, 3000, 1).rows();
      for (int query = 0; query < 3000; query++) {
        int nearest = 0;
        double smallest = Double.POSITIVE_INFINITY;
        for (int row = 0; row < 3000; row++) {
          double squared = 0;
          for (int i = 0; i < dimension; i++) {
            double difference = (double) queries[query * dimension + i] - rows[row * dimension + i];
            squared += difference * difference;
          }
          if (squared < smallest) {
            smallest = squared;
            nearest = row;
          }
        }
        assertThat(found[query]).isEqualTo(nearest);
      }
    }
  }

  private static boolean prunes(float[] values, float[] queries, int k) {
    MemoryBank bank = new MemoryBank(DIMENSION, List.of(values));
    Centre centre = new Centre(bank);
    RowGroups groups = RowGroups.ofNeighbours(bank, centre, 16);
    try (CentredRows rows = new CentredRows(bank, centre, groups);
        BoundingBalls balls = new BoundingBalls(bank, centre, groups)) {
      QueryBatch batch =
          new QueryBatch(
              bank,
              centre,
              rows.longest(),
              queries,
              0,
              queries.length / DIMENSION,
              k,
              RowRange.NONE);
      return new PrunedScan(rows, balls, batch).run(k);
    }
  }

  private static float[] gaussian(int rows, long seed) {
    Random random = new Random(seed);
    float[] values = new float[rows * DIMENSION];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
