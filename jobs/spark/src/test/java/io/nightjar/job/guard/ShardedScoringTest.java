package io.nightjar.job.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.ReferenceScores;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.job.BuildBanks;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** In shards the images of a bank have the scores that the whole bank gives them. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShardedScoringTest {
  private static final Configuration CONFIGURATION = new Configuration();

  private JavaSparkContext spark;
  private StoredBank bank;

  @BeforeAll
  void build(@TempDir Path work) {
    SparkSession session = Sparks.local(2);
    spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    new BuildBanks(session)
        .data(TinyDataset.generate(work.resolve("data")).toString())
        .categories(List.of("bottle"))
        .backbone(TinyDataset.backbone())
        .banks(work.resolve("banks").toString())
        .execute();
    bank =
        StoredBank.open(
            BankLocation.current(work.resolve("banks/bottle").toString()), CONFIGURATION);
  }

  /** Shards of about a third of the bank, waves of two images; and of single rows and images. */
  @Test
  void theScoresAreThoseOfTheWholeBankToTheBit() {
    ReferenceScores whole = ReferenceScores.find(bank.location(), CONFIGURATION).orElseThrow();
    long rowBytes = (long) bank.manifest().dimension() * Float.BYTES;
    long imageBytes = bank.manifest().rows() / bank.manifest().images().size() * rowBytes;

    assertThat(scores(bank.manifest().rows() * rowBytes / 3, 4 * imageBytes)).isEqualTo(whole);
    assertThat(scores(imageBytes / 2, 1)).isEqualTo(whole);
  }

  private ReferenceScores scores(long shardBytes, long waveBytes) {
    Broadcast<SerializableConfiguration> shared =
        spark.broadcast(new SerializableConfiguration(CONFIGURATION));
    LongAccumulator done = spark.sc().longAccumulator();
    try {
      List<OwnImage> images = ReferenceScoring.sample(bank.manifest().images());
      ReferenceScores scores =
          ReferenceScoring.scores(
              bank.manifest(),
              new ShardedScoring(spark, shared, bank, shardBytes, waveBytes).of(images, done));
      assertThat(done.value()).isEqualTo(bank.manifest().images().size());
      return scores;
    } finally {
      shared.destroy();
    }
  }
}
