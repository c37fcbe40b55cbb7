package io.nightjar.bank.approximate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HashTableTest {

  @Test
  void aBucketHasItsRowsInOrderAndAnUnknownOneHasNone() {
    HashTable table = new HashTable(new long[] {7, -2, 7, 5, -2, 7});

    assertThat(rows(table, 7)).containsExactly(0, 2, 5);
    assertThat(rows(table, -2)).containsExactly(1, 4);
    assertThat(rows(table, 6)).isEmpty();
  }

  /** Directions along the axes and buckets 2 wide: floor(5 / 2), floor(-1 / 2). */
  @Test
  void bucketsAreCountedFromTheOrigin() {
    Projections projections = new Projections(new double[][] {{1, 0}, {0, 1}}, 2);
    long[] buckets = new long[2];

    projections.buckets(new float[] {9, 9, 5, -1}, 2, buckets);

    assertThat(buckets).containsExactly(2, -1);
  }

  private static List<Integer> rows(HashTable table, long key) {
    List<Integer> rows = new ArrayList<>();
    table.forEach(key, rows::add);
    return rows;
  }
}
