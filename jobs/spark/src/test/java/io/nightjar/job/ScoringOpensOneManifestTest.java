package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bank's manifest can be large, and its store slow: it is read once and handed on. */
@Tag("slow")
class ScoringOpensOneManifestTest {
  private static final List<String> OPENED = new CopyOnWriteArrayList<>();

  /** The local file system, which notes what is opened. */
  public static final class NotingFileSystem extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("noting:///");
    }

    @Override
    public String getScheme() {
      return "noting";
    }

    @Override
    public FSDataInputStream open(org.apache.hadoop.fs.Path file, int bufferSize)
        throws IOException {
      OPENED.add(file.getName());
      return super.open(file, bufferSize);
    }
  }

  @Test
  void oneOrEveryBankIsOpenedOnce(@TempDir Path work) {
    Path data = TinyDataset.generate(work.resolve("data"));
    SparkSession spark = Sparks.local(2);
    new BuildBanks(spark)
        .options(TinyEvaluation.FIT)
        .options(TinyEvaluation.EMBED)
        .data(data.toString())
        .backbone(TinyDataset.backbone())
        .banks(work.resolve("banks").toString())
        .execute();
    spark
        .sparkContext()
        .hadoopConfiguration()
        .set("fs.noting.impl", NotingFileSystem.class.getName());

    OPENED.clear();
    score(spark, work.resolve("banks/bottle"), data.resolve("bottle/test/good"))
        .out(work.resolve("one").toString())
        .execute();
    assertThat(OPENED).containsOnlyOnce("bank.json");

    OPENED.clear();
    score(spark, work.resolve("banks"), data).out(work.resolve("both").toString()).execute();
    // There is none in the folder of the banks, which is where it is looked for first.
    assertThat(OPENED).filteredOn("bank.json"::equals).as("a bank each").hasSize(2 + 1);
  }

  private static ScoreImages score(SparkSession spark, Path bank, Path images) {
    return new ScoreImages(spark)
        .bank("noting://" + bank)
        .data(images.toString())
        .backbone(TinyDataset.backbone());
  }
}
