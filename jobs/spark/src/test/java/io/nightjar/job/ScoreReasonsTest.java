package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.backbone.Embedders;
import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.dataset.decode.ImageDecoder;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.job.options.BankOptions;
import io.nightjar.job.options.RunOptions;
import io.nightjar.pca.components.PrincipalComponents;
import io.nightjar.report.ScoredFile;
import io.nightjar.report.reason.ReasonOptions;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The reasons of a run are those of the definition, whatever the cluster looks like. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScoreReasonsTest {
  private static final int PATCHES = 3;
  private static final int GRID = 8;
  private static final EmbeddingSpec SPEC = TinyDataset.backbone().spec();

  private SparkSession spark;
  private Path work;
  private Path data;

  @BeforeAll
  void build(@TempDir Path directory) {
    spark = Sparks.local(2);
    work = directory;
    data = TinyDataset.generate(directory.resolve("data"));
    new BuildBanks(spark)
        .data(data.toString())
        .backbone(TinyDataset.backbone())
        .categories(List.of("bottle"))
        .banks(directory.resolve("banks").toString())
        .options(TinyEvaluation.EMBED)
        .options(TinyEvaluation.FIT)
        .options(BankOptions.DEFAULT.withPosition(0.25))
        .execute();
  }

  private ScoreImages scoring(String out) {
    return new ScoreImages(spark)
        .bank(work.resolve("banks/bottle").toString())
        .data(data.resolve("bottle/test").toString())
        .backbone(TinyDataset.backbone())
        .out(work.resolve(out).toString())
        .options(TinyEvaluation.EMBED);
  }

  @Test
  void reasonsAreThoseOfBruteForce() throws IOException, UnreadableFileException {
    List<ScoredFile> images =
        scoring("reasons")
            .options(new ReasonOptions(PATCHES))
            .execute()
            .report()
            .categories()
            .get(0)
            .images();
    List<Row> table =
        spark
            .read()
            .parquet(work.resolve("reasons/reasons").toString())
            .orderBy("path", "patch")
            .collectAsList();

    assertThat(table).hasSize(PATCHES * images.size());
    StoredBank bank =
        StoredBank.open(
            BankLocation.parse(work.resolve("banks/bottle").toString()), new Configuration());
    MemoryBank rows = bank.memoryBank();
    for (int i = 0; i < images.size(); i++) {
      float[] patches = patches(images.get(i).path());
      for (int number = 1; number <= PATCHES; number++) {
        assertReason(
            table.get(i * PATCHES + number - 1), images.get(i), number, patches, bank, rows);
      }
    }
    assertThat(Files.readString(work.resolve("reasons/reasons.html")))
        .contains("train/good/", "data:image/jpeg;base64,")
        .doesNotContain("is not shown");
    assertThat(Files.readAllLines(work.resolve("reasons/reasons.csv"))).hasSize(table.size() + 1);
    assertThat(Files.readString(work.resolve("reasons/run.json")))
        .contains("\"reasons\" : 3", "reasons.csv", "reasons.html");
  }

  private static void assertReason(
      Row reason, ScoredFile image, int number, float[] patches, StoredBank bank, MemoryBank rows) {
    assertThat(reason.<String>getAs("path")).isEqualTo(image.path());
    assertThat(reason.<Integer>getAs("patch")).isEqualTo(number);
    int row = reason.getAs("row");
    int column = reason.getAs("column");
    int cell = row * GRID + column;
    assertThat(reason.<Float>getAs("score")).isEqualTo(image.map()[cell]);
    if (number == 1) {
      assertThat(image.map()[cell]).isEqualTo(image.mapMax());
    }
    // 64 pixels a side.
    assertThat(reason.<Integer>getAs("left")).isEqualTo(8 * column);
    assertThat(reason.<Integer>getAs("top")).isEqualTo(8 * row);
    assertThat(reason.<Integer>getAs("width")).isEqualTo(8);

    PrincipalComponents components = bank.reduction().branches().get(0);
    double[] basis = components.basis();
    int count = components.count();
    double[] deviation = deviation(patches, cell, components);
    double[] query = new double[count + 2];
    for (int j = 0; j < count; j++) {
      for (int channel = 0; channel < deviation.length; channel++) {
        query[j] += basis[channel * count + j] * deviation[channel];
      }
    }
    double step = bank.reduction().position().orElseThrow().step();
    query[count] = step * row;
    query[count + 1] = step * column;

    int nearest = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int one = 0; one < rows.rows(); one++) {
      double[] difference = difference(query, rows, one);
      double squared = 0;
      for (double value : difference) {
        squared += value * value;
      }
      if (squared < least) {
        least = squared;
        nearest = one;
      }
    }
    BankManifest.Image normal = bank.manifest().images().get(nearest / (GRID * GRID));
    assertThat(reason.<String>getAs("normal_path")).isEqualTo(normal.path());
    assertThat(reason.<Integer>getAs("normal_row")).isEqualTo(nearest % (GRID * GRID) / GRID);
    assertThat(reason.<Integer>getAs("normal_column")).isEqualTo(nearest % GRID);
    assertThat(reason.<Integer>getAs("normal_left")).isEqualTo(8 * (nearest % GRID));
    assertThat(reason.isNullAt(reason.fieldIndex("normal_remark"))).isTrue();
    assertThat(reason.<Double>getAs("distance"))
        .isEqualTo(Math.sqrt(least), within(1e-4 * Math.sqrt(least)))
        .isEqualTo(image.map()[cell], within(1e-4 * image.map()[cell]));

    double[] difference = difference(query, rows, nearest);
    double[] back = new double[deviation.length];
    for (int channel = 0; channel < back.length; channel++) {
      for (int j = 0; j < count; j++) {
        back[channel] += basis[channel * count + j] * difference[j];
      }
    }
    int first = 0;
    double all = 0;
    for (int stage = 0; stage < 3; stage++) {
      double sum = 0;
      for (int end = first + SPEC.stageChannels().get(stage); first < end; first++) {
        sum += back[first] * back[first];
      }
      double fraction = reason.getAs("layer" + (stage + 1) + "_fraction");
      assertThat(fraction).isEqualTo(sum / least, within(1e-3));
      all += fraction;
    }
    double position = reason.getAs("position_fraction");
    assertThat(position)
        .isEqualTo(
            (Math.pow(difference[count], 2) + Math.pow(difference[count + 1], 2)) / least,
            within(1e-3));
    assertThat(all + position).isEqualTo(1, within(1e-9));

    int leading = 0;
    for (int j = 1; j < count; j++) {
      leading = Math.abs(difference[j]) > Math.abs(difference[leading]) ? j : leading;
    }
    assertThat(reason.<Integer>getAs("component_1")).isEqualTo(leading + 1);
    assertThat(reason.<Double>getAs("component_1_fraction"))
        .isEqualTo(Math.pow(difference[leading], 2) / least, within(1e-3));
    assertThat(reason.<Double>getAs("outside_fraction"))
        .isEqualTo(outside(deviation, query, basis, count), within(1e-5));
  }

  private static double[] difference(double[] query, MemoryBank rows, int row) {
    float[] values = new float[query.length];
    rows.copyRow(row, values, 0);
    double[] difference = new double[query.length];
    for (int i = 0; i < query.length; i++) {
      difference[i] = query[i] - values[i];
    }
    return difference;
  }

  private static double outside(double[] deviation, double[] query, double[] basis, int count) {
    double rest = 0;
    double all = 0;
    for (int channel = 0; channel < deviation.length; channel++) {
      double value = deviation[channel];
      for (int j = 0; j < count; j++) {
        value -= basis[channel * count + j] * query[j];
      }
      rest += value * value;
      all += deviation[channel] * deviation[channel];
    }
    return Math.sqrt(rest / all);
  }

  /** Of an embedding whose stages are interpolated by the network. */
  private float[] patches(String path) throws IOException, UnreadableFileException {
    RgbImage image =
        ImageDecoder.decode(Files.readAllBytes(data.resolve("bottle/test").resolve(path)), path);
    return Embedders.forTask(TinyDataset.backbone(), DeviceRequest.CPU, 1).embed(List.of(image));
  }

  /** A patch less the mean. */
  private static double[] deviation(float[] patches, int cell, PrincipalComponents components) {
    double[] mean = components.mean();
    double[] deviation = new double[mean.length];
    for (int channel = 0; channel < deviation.length; channel++) {
      deviation[channel] = patches[cell * deviation.length + channel] - mean[channel];
    }
    return deviation;
  }

  @Test
  void anyPartitioningGivesTheSameBits() throws IOException {
    scoring("one")
        .options(new ReasonOptions(2))
        .options(RunOptions.DEFAULT.withPartitions(1))
        .execute();
    scoring("five")
        .options(new ReasonOptions(2))
        .options(RunOptions.DEFAULT.withPartitions(5))
        .execute();

    for (String name : List.of("reasons.csv", "reasons.html", "scores.csv")) {
      assertThat(Files.readString(work.resolve("five").resolve(name)))
          .isEqualTo(Files.readString(work.resolve("one").resolve(name)));
    }
  }

  @Test
  void normalImagesThatAreGoneAreReportedAndFailNothing() throws IOException {
    Path own = TinyDataset.generate(work.resolve("own"));
    Path bank = work.resolve("own-banks/bottle");
    new BuildBanks(spark)
        .data(own.resolve("bottle/train/good").toString())
        .categories(List.of("bottle"))
        .backbone(TinyDataset.backbone())
        .banks(bank.getParent().toString())
        .options(TinyEvaluation.EMBED)
        .options(TinyEvaluation.FIT)
        .execute();
    ScoreImages scoring = scoring("gone").bank(bank.toString()).options(new ReasonOptions(1));
    Files.move(own.resolve("bottle/train/good"), own.resolve("elsewhere"));

    assertThat(scoring.execute().complete()).isTrue();

    assertThat(Files.readString(work.resolve("gone/reasons.html")))
        .contains("is not shown: its file is no longer where the bank was built from.");
    assertThat(spark.read().parquet(work.resolve("gone/reasons").toString()).collectAsList())
        .isNotEmpty()
        .allSatisfy(
            reason -> {
              assertThat(reason.isNullAt(reason.fieldIndex("normal_left"))).isTrue();
              assertThat(reason.<String>getAs("normal_remark")).contains("no longer");
              assertThat(reason.<Double>getAs("distance")).isPositive();
            });
  }
}
