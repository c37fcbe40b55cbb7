package io.nightjar.bank.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.bank.exact.ExactSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeaveOneOutTest {
  private static final int DIMENSION = 5;

  /**
   * Images of unequal sizes, more rows than are searched together in the last two cases, where the
   * rows of an image lie close to one another ({@code spread} of 0.01) or among those of others.
   */
  @ParameterizedTest
  @CsvSource({"2, 1, 1", "3, 4, 0.01", "30, 20, 1", "30, 20, 0.01", "40, 300, 1", "40, 300, 0.01"})
  void distancesAreThoseToTheNearestRowOfAnotherImage(int images, int largest, double spread) {
    Random random = new Random(images * 31L + largest);
    List<float[]> blocks = new ArrayList<>();
    List<RowRange> ranges = new ArrayList<>();
    int rows = 0;
    for (int image = 0; image < images; image++) {
      int size = 1 + random.nextInt(largest);
      blocks.add(block(random, size, spread));
      ranges.add(new RowRange(rows, rows + size));
      rows += size;
    }
    MemoryBank bank = new MemoryBank(DIMENSION, blocks);

    List<float[]> distances;
    try (ExactSearch search = new ExactSearch(bank)) {
      distances = LeaveOneOut.distances(search, ranges);
    }

    assertThat(distances).hasSize(images);
    for (int image = 0; image < images; image += Math.max(1, images / 6)) {
      assertThat(distances.get(image)).containsExactly(bruteForce(blocks, image));
    }
  }

  /**
   * Images that lie close together, so that most rows have more of their own than are looked at.
   */
  @ParameterizedTest
  @CsvSource({"2, 1", "3, 1", "3, 0.01", "9, 0.01"})
  void severalNeighboursAreThoseOfASearchWithoutTheImage(int k, double spread) {
    Random random = new Random(k);
    List<float[]> blocks = new ArrayList<>();
    List<RowRange> ranges = new ArrayList<>();
    for (int image = 0; image < 12; image++) {
      blocks.add(block(random, 20, spread));
      ranges.add(new RowRange(image * 20, image * 20 + 20));
    }
    try (ExactSearch search = new ExactSearch(new MemoryBank(DIMENSION, blocks))) {
      List<float[]> distances = LeaveOneOut.distances(search, ranges, k);

      for (int image = 0; image < blocks.size(); image++) {
        List<float[]> others = new ArrayList<>(blocks);
        others.remove(image);
        try (ExactSearch without = new ExactSearch(new MemoryBank(DIMENSION, others))) {
          assertThat(distances.get(image))
              .containsExactly(without.meanDistances(blocks.get(image), 20, k));
        }
      }
    }
  }

  private static float[] block(Random random, int size, double spread) {
    float[] centre = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      centre[i] = (float) random.nextGaussian();
    }
    float[] block = new float[size * DIMENSION];
    for (int i = 0; i < block.length; i++) {
      block[i] = (float) (centre[i % DIMENSION] + spread * random.nextGaussian());
    }
    return block;
  }

  private static float[] bruteForce(List<float[]> blocks, int image) {
    float[] own = blocks.get(image);
    float[] distances = new float[own.length / DIMENSION];
    for (int row = 0; row < distances.length; row++) {
      double smallest = Double.POSITIVE_INFINITY;
      for (int other = 0; other < blocks.size(); other++) {
        for (int at = 0; other != image && at < blocks.get(other).length; at += DIMENSION) {
          double squared = 0;
          for (int i = 0; i < DIMENSION; i++) {
            double difference = (double) own[row * DIMENSION + i] - blocks.get(other)[at + i];
            squared += difference * difference;
          }
          smallest = Math.min(smallest, squared);
        }
      }
      distances[row] = (float) Math.sqrt(smallest);
    }
    return distances;
  }

  @Test
  void imagesWithTheSameRowsHaveNoDistance() {
    float[] same = block(new Random(1), 10, 1);
    MemoryBank bank = new MemoryBank(DIMENSION, List.of(same, same.clone()));

    try (ExactSearch search = new ExactSearch(bank)) {
      assertThat(LeaveOneOut.distances(search, List.of(new RowRange(0, 10), new RowRange(10, 20))))
          .allSatisfy(distances -> assertThat(distances).containsOnly(0f));
    }
  }
}
