package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.job.options.MeasureOptions;
import io.nightjar.testing.Drawn;
import io.nightjar.testing.MapFiles;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data sets in other layouts than MVTec AD's, through whole actions. */
class KnownLayoutsMeasuredTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SIDE = 8;

  private final SparkSession spark = Sparks.local(2);

  @TempDir private Path work;

  /**
   * Two masks mark (1, 2) and (5, 6). By falling score the pixels are 0.9 (marked), 0.8 (not), 0.7
   * (marked), and all others equal: average precision is 1/2 * 1 + 1/2 * 2/3 = 5/6. With one of the
   * masks alone it would be 1.
   */
  @Test
  void pixelFiguresOfLocoAreThoseOfTheUnionOfItsMasks() throws IOException {
    Path data = work.resolve("loco");
    Drawn.photo(data, "pins/train/good/0.png", "pins/test/good/0.png");
    Drawn.photo(data, "pins/test/logical_anomalies/0.png");
    Drawn.mark(data, "pins/ground_truth/logical_anomalies/0/000.png", 1, 2, 255);
    Drawn.mark(data, "pins/ground_truth/logical_anomalies/0/001.png", 5, 6, 250);
    float[] map = flat();
    map[2 * SIDE + 1] = 0.9f;
    map[3 * SIDE + 3] = 0.8f;
    map[6 * SIDE + 5] = 0.7f;
    writeMap("maps/pins/test/good/0.npy", flat());
    writeMap("maps/pins/test/logical_anomalies/0.npy", map);
    Path manifest = work.resolve("loco.csv");
    new DescribeDataset(spark).data(data.toString()).out(manifest.toString()).execute();

    assertMeasured(data, "auto", "MVTec LOCO AD: 1 category");
    assertMeasured(data, "mvtec-loco", "MVTec LOCO AD: 1 category");
    assertMeasured(manifest, "manifest", "a manifest: 3 images");
    assertMeasured(manifest, "auto", "a manifest: 3 images");
  }

  private void assertMeasured(Path data, String layout, String readAs) throws IOException {
    Path out = Files.createTempDirectory(work, "out").resolve("run");
    new MeasureMaps(spark)
        .maps(work.resolve("maps").toString())
        .data(data.toString())
        .layout(layout)
        .options(MeasureOptions.DEFAULT.withExactMetrics(true))
        .out(out.toString())
        .execute();

    JsonNode metrics = JSON.readTree(out.resolve("metrics.json").toFile());
    assertThat(metrics.at("/categories/0/pixel_auprc").asDouble())
        .as(metrics.toString())
        .isCloseTo(5.0 / 6, within(1e-12));
    assertThat(metrics.at("/inputs/read_as").asText()).isEqualTo(readAs);
    JsonNode run = JSON.readTree(out.resolve("run.json").toFile());
    assertThat(run.at("/data/read_as").asText()).isEqualTo(readAs);
  }

  /** Trains on images without a defect, tests on all others, and compares with no MVTec AD. */
  @Test
  void evaluateReadsKolektorSddAsItIsDownloaded() throws IOException {
    Path data = work.resolve("KolektorSDD");
    for (int item = 1; item <= 5; item++) {
      Drawn.photo(data, "kos0" + item + "/Part0.jpg", "kos0" + item + "/Part1.jpg");
      Drawn.black(data, "kos0" + item + "/Part0_label.bmp");
      Drawn.marked(data, "kos0" + item + "/Part1_label.bmp");
    }

    new EvaluateDataset(spark)
        .data(data.toString())
        .backbone(TinyDataset.backbone())
        .out(work.resolve("run").toString())
        .execute();

    JsonNode category =
        JSON.readTree(work.resolve("run/metrics.json").toFile()).at("/categories/0");
    assertThat(category.at("/category").asText()).isEqualTo("KolektorSDD");
    assertThat(category.at("/train_images").asInt()).as(category.toString()).isEqualTo(4);
    assertThat(category.at("/test_images").asInt()).isEqualTo(6);
    assertThat(category.at("/by_defect").has("defect")).isTrue();
    assertThat(Files.readString(work.resolve("run/report.html")))
        .contains("The data set was read as KolektorSDD: 5 folders");
  }

  private static float[] flat() {
    float[] map = new float[SIDE * SIDE];
    Arrays.fill(map, 0.1f);
    return map;
  }

  private void writeMap(String name, float[] values) throws IOException {
    Path file = work.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, MapFiles.npy(values, SIDE, SIDE));
  }

  @Test
  void scoringReadsUnlabelledImagesOfMvtecAd2() throws IOException {
    Path data = work.resolve("ad2");
    Drawn.photo(data, "can/train/good/0_regular.png", "can/train/good/1_regular.png");
    Drawn.photo(data, "can/test_public/good/2_regular.png", "can/test_private/3_mixed.png");
    new BuildBanks(spark)
        .data(data.toString())
        .backbone(TinyDataset.backbone())
        .banks(work.resolve("banks").toString())
        .execute();

    ScoreImages.Result scores =
        new ScoreImages(spark)
            .data(data.toString())
            .backbone(TinyDataset.backbone())
            .bank(work.resolve("banks").toString())
            .out(work.resolve("scores").toString())
            .execute();

    assertThat(scores.report().inputs().readAs()).isEqualTo("MVTec AD 2: 1 category");
    assertThat(Files.readString(work.resolve("scores/scores.csv")))
        .contains(List.of("test_private/3_mixed.png", "test_public/good/2_regular.png"));
  }
}
