package io.nightjar.bank.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.ImageRows;
import io.nightjar.bank.store.SampleBanks;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.testing.Sparks;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that tasks read file by file are those of the bank, and are searched as one. */
class StoredRowsTest {
  private static final int DIMENSION = SampleBanks.DIMENSION;

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(Sparks.local(2).sparkContext());

  @Test
  void theNearestRowsOfAllFilesAreFound(@TempDir Path folder) {
    SampleBanks.publish(folder, OptionalInt.empty());
    StoredBank bank =
        StoredBank.open(BankLocation.current(folder.toString()), SampleBanks.CONFIGURATION);
    StoredRows rows =
        StoredRows.of(
            bank, spark.broadcast(new SerializableConfiguration(SampleBanks.CONFIGURATION)));
    List<StoredRows.Part> parts = StoredRows.parts(bank);
    float[] queries = new float[5 * DIMENSION];
    Random random = new Random(3);
    for (int i = 0; i < queries.length; i++) {
      queries[i] = (float) random.nextGaussian();
    }

    Map<Integer, MergedNeighbours> found =
        rows.nearest(
            spark.parallelize(parts, 2).map(rows::blocks),
            List.of(new QueryBlock(7, 5, queries)),
            2);

    assertThat(parts).extracting(StoredRows.Part::firstRow).containsExactly(0L, 8L);
    assertThat(rows.images(parts.get(0).file()))
        .extracting(ImageRows::path)
        .containsExactly("a.png", "b.png");
    assertThat(found).containsOnlyKeys(7);
    for (int query = 0; query < 5; query++) {
      double[] squared = squared(queries, query);
      int[] nearest =
          IntStream.range(0, squared.length)
              .boxed()
              .sorted(Comparator.comparingDouble(row -> squared[row]))
              .limit(2)
              .mapToInt(Integer::intValue)
              .toArray();
      for (int place = 0; place < 2; place++) {
        assertThat(found.get(7).rows()[query * 2 + place]).isEqualTo(nearest[place]);
        assertThat(found.get(7).squaredDistances()[query * 2 + place])
            .isEqualTo(squared[nearest[place]], within(1e-12));
      }
    }
  }

  /** Of a query and every row, in the order of the images. */
  private static double[] squared(float[] queries, int query) {
    return List.of("a.png", "b.png", "c.png").stream()
        .map(path -> SampleBanks.image(path).values())
        .flatMapToDouble(
            values ->
                IntStream.range(0, SampleBanks.PATCHES)
                    .mapToDouble(
                        row ->
                            IntStream.range(0, DIMENSION)
                                .mapToDouble(
                                    i ->
                                        Math.pow(
                                            (double) queries[query * DIMENSION + i]
                                                - values[row * DIMENSION + i],
                                            2))
                                .sum()))
        .toArray();
  }
}
