package io.nightjar.job.fit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.bank.coreset.BlockTable;
import io.nightjar.bank.coreset.Coreset;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.ImageRows;
import io.nightjar.bank.store.RowFiles;
import io.nightjar.bank.store.WrittenRows;
import io.nightjar.testing.Sparks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three images of two patches with two values each, in two chunks, whose blocks are on the
 * executors in another order than the catalogue's. Row i of the bank is (i, 10 i).
 */
class ReducedRowsTest {
  private static final int DIMENSION = 2;

  private JavaSparkContext spark;
  private ReducedRows rows;
  private final int[] released = new int[1];

  @BeforeEach
  void spread() {
    spark = JavaSparkContext.fromSparkContext(Sparks.local(2).sparkContext());
    BankBlock first = block(0, List.of("a", "b"), 0, 0, 1, 10, 2, 20, 3, 30);
    BankBlock second = block(1, List.of("c"), 4, 40, 5, 50);
    rows =
        new ReducedRows(
            spark.parallelize(List.of(second, first), 2), DIMENSION, () -> released[0]++);
  }

  private static BankBlock block(int chunk, List<String> images, float... values) {
    return new BankBlock(
        chunk,
        0,
        images.stream().map(name -> new PatchBlock.Source(name, "00")).toList(),
        0,
        values);
  }

  /** Rows 1, 4 and 5: one of image a, none of image b, both of image c. */
  private static Coreset coreset() {
    BlockTable blocks = BlockTable.of(List.of(Map.entry(0L, 4), Map.entry(1L << 32, 2)));
    return new Coreset(blocks, new int[] {5, 1, 4}, Double.NaN, 1);
  }

  private static List<Float> values(MemoryBank bank) {
    return bank.blocks().stream().flatMap(ReducedRowsTest::values).toList();
  }

  private static Stream<Float> values(float[] block) {
    Float[] boxed = new Float[block.length];
    for (int i = 0; i < boxed.length; i++) {
      boxed[i] = block[i];
    }
    return Stream.of(boxed);
  }

  private List<WrittenRows> write(Path bank, Optional<Coreset> coreset, RowFilter filter) {
    Broadcast<SerializableConfiguration> configuration =
        spark.broadcast(new SerializableConfiguration(new Configuration()));
    return rows.write(coreset, bank.toString(), configuration, filter);
  }

  private static List<ImageRows> read(Path bank, WrittenRows file) {
    return RowFiles.read(
        bank.toString(), file.file(), file.images(), DIMENSION, new Configuration());
  }

  @Test
  void theBankHasTheRowsInCatalogueOrder() {
    MemoryBank bank = rows.bank();

    assertThat(bank.rows()).isEqualTo(6);
    assertThat(values(bank)).containsExactly(0f, 0f, 1f, 10f, 2f, 20f, 3f, 30f, 4f, 40f, 5f, 50f);
  }

  @Test
  void aCoresetKeepsItsRowsAlone() {
    assertThat(values(rows.bank(coreset()))).containsExactly(1f, 10f, 4f, 40f, 5f, 50f);
  }

  @Test
  void eachChunkIsAFileAndNoneSharesOne(@TempDir Path bank) {
    List<WrittenRows> files = write(bank, Optional.empty(), RowFilter.ALL);

    assertThat(files).extracting(file -> file.file().rows()).containsExactly(4, 2);
    assertThat(files.get(0).images())
        .extracting(BankManifest.Image::path)
        .containsExactly("a", "b");
    assertThat(read(bank, files.get(0)).get(1).values()).containsExactly(2, 20, 3, 30);
    assertThat(read(bank, files.get(1)).get(0).values()).containsExactly(4, 40, 5, 50);
  }

  @Test
  void anImageWithoutARowInTheCoresetIsListedWithNone(@TempDir Path bank) {
    List<WrittenRows> files = write(bank, Optional.of(coreset()), RowFilter.ALL);

    assertThat(files.get(0).images()).extracting(BankManifest.Image::rows).containsExactly(1, 0);
    ImageRows kept = read(bank, files.get(0)).get(0);
    assertThat(kept.cells()).containsExactly(1);
    assertThat(kept.values()).containsExactly(1, 10);
  }

  @Test
  void filteredImagesAreNotWrittenAndTheOthersKeepTheirRows(@TempDir Path bank) {
    List<WrittenRows> files = write(bank, Optional.empty(), RowFilter.of(Set.of("b")));

    assertThat(files).hasSize(1);
    assertThat(files.get(0).images()).extracting(BankManifest.Image::path).containsExactly("b");
    assertThat(read(bank, files.get(0)).get(0).values()).containsExactly(2, 20, 3, 30);
  }

  @Test
  void closingFreesWhatTheRowsAreComputedWith() {
    rows.close();

    assertThat(released[0]).isEqualTo(1);
  }
}
