package io.nightjar.job.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.weights.WeightFiles;
import io.nightjar.job.BuildBanks;
import io.nightjar.testing.S3Server;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images, bank, rows and the checkpoint on an object store, through {@code s3a://}. */
@Tag("faults")
class WatchOnS3Test {
  private FileSystem files;
  private S3Server s3;

  @Test
  void everyObjectHasOneRow(@TempDir Path work) throws IOException {
    // Spark's checkpoints make folders before they write to them.
    try (S3Server server = S3Server.start(work.resolve("s3"), S3Server.IN_MEMORY)) {
      s3 = server;
      Map<String, String> properties = new HashMap<>();
      s3.hadoopProperties().forEach((key, value) -> properties.put("spark.hadoop." + key, value));
      SparkSession spark = Sparks.start("local[2]", properties);
      try {
        watch(spark, work);
      } finally {
        spark.stop();
      }
    }
  }

  private void watch(SparkSession spark, Path work) throws IOException {
    Configuration configuration = spark.sessionState().newHadoopConf();
    Path data = TinyDataset.generate(work.resolve("data"));
    Path weights = TinyDataset.writeWeights(work.resolve("w.safetensors"));
    files = new org.apache.hadoop.fs.Path(s3.uri("in")).getFileSystem(configuration);
    put(weights, "w.safetensors");
    new BuildBanks(spark)
        .data(data.toString())
        .categories(List.of("bottle"))
        .backbone(
            BackboneModel.build(
                TinyDataset.backbone().spec(),
                WeightFiles.load(s3.uri("w.safetensors"), Optional.empty(), configuration)))
        .banks(s3.uri("banks"))
        .execute();
    put(data.resolve("bottle/test/good/000.png"), "in/day=1/a.png");
    put(data.resolve("bottle/test/good/001.png"), "in/b.png");
    put(Files.createFile(work.resolve("empty")), "in/c.png");

    WatchImages.Result first = once(spark);
    put(data.resolve("bottle/test/good/000.png"), "in/c.png");
    WatchImages.Result second = once(spark);

    assertThat(first.scored()).isEqualTo(2);
    assertThat(first.report().waiting()).containsExactly("c.png");
    assertThat(second.scored()).isEqualTo(1);
    assertThat(second.report().waitingFiles()).isZero();
    List<Row> rows = spark.read().parquet(s3.uri("out/scores")).orderBy("path").collectAsList();
    assertThat(rows)
        .extracting(row -> row.<String>getAs("path"))
        .containsExactly("b.png", "c.png", "day=1/a.png");
    assertThat(rows.get(1).<String>getAs("sha256")).isEqualTo(rows.get(2).<String>getAs("sha256"));
    assertThat(rows.get(1).<Float>getAs("map_max")).isEqualTo(rows.get(2).<Float>getAs("map_max"));
  }

  private WatchImages.Result once(SparkSession spark) {
    return new WatchImages(spark)
        .bank(s3.uri("banks/bottle"))
        .data(s3.uri("in"))
        .out(s3.uri("out"))
        .once(true)
        .execute();
  }

  private void put(Path file, String key) throws IOException {
    files.copyFromLocalFile(
        false,
        true,
        new org.apache.hadoop.fs.Path(file.toUri()),
        new org.apache.hadoop.fs.Path(s3.uri(key)));
  }
}
