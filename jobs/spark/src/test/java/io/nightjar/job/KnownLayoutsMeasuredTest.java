package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.dataset.map.MapDecoder;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.Half;
import io.nightjar.job.options.MeasureOptions;
import io.nightjar.job.options.RunOptions;
import io.nightjar.job.options.SubmissionOptions;
import io.nightjar.job.result.SubmittedMaps;
import io.nightjar.metric.sample.CategorySample;
import io.nightjar.metric.sample.ResampledFigures;
import io.nightjar.metric.sample.SampleFigure;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.Upsampling;
import io.nightjar.testing.Drawn;
import io.nightjar.testing.MapFiles;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data sets in other layouts than MVTec AD's, through whole actions. */
@Tag("slow")
class KnownLayoutsMeasuredTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SIDE = 8;

  private final SparkSession spark = Sparks.local(2);

  @TempDir private Path work;
  private Path lastRun;

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

  /**
   * Defect A is the pixel (1, 2), 0.9; B the pixels (5, 6), 0.7, and (0, 0), 0.1, of which one is
   * enough. Of the 125 normal pixels one scores 0.8. The saturated overlap is 1/2 up to an FPR of
   * 1/125 and 1 from there; the overlap with the three regions is 1/3 and 2/3.
   */
  @Test
  void saturatedOverlapOfLocoIsThatOfItsDefects() throws IOException {
    Path data = work.resolve("loco");
    Drawn.photo(data, "pins/train/good/0.png", "pins/test/good/0.png");
    Drawn.photo(data, "pins/test/logical_anomalies/0.png");
    Drawn.mark(data, "pins/ground_truth/logical_anomalies/0/000.png", 1, 2, 100);
    byte[] two = new byte[SIDE * SIDE];
    two[6 * SIDE + 5] = (byte) 250;
    two[0] = (byte) 250;
    writeGrey("loco/pins/ground_truth/logical_anomalies/0/001.png", two);
    Files.writeString(
        data.resolve("pins/defects_config.json"),
        """
        [{"defect_name": "a", "pixel_value": 100, "saturation_threshold": 1.0,
          "relative_saturation": true},
         {"defect_name": "b", "pixel_value": 250, "saturation_threshold": 1,
          "relative_saturation": false}]
        """);
    float[] map = flat();
    map[2 * SIDE + 1] = 0.9f;
    map[3 * SIDE + 3] = 0.8f;
    map[6 * SIDE + 5] = 0.7f;
    writeMap("maps/pins/test/good/0.npy", flat());
    writeMap("maps/pins/test/logical_anomalies/0.npy", map);

    JsonNode metrics = measured(data, MeasureOptions.DEFAULT);
    JsonNode pins = metrics.at("/categories/0");

    assertThat(pins.at("/au_spro_0_05").asDouble())
        .as(pins.toString())
        .isCloseTo((0.5 / 125 + (0.05 - 1.0 / 125)) / 0.05, within(1e-9));
    assertThat(pins.at("/au_spro_0_30").asDouble())
        .isCloseTo((0.5 / 125 + (0.3 - 1.0 / 125)) / 0.3, within(1e-9));
    assertThat(pins.at("/by_defect/logical_anomalies/au_spro_0_05"))
        .isEqualTo(pins.at("/au_spro_0_05"));
    assertThat(pins.at("/defective_pixels").asInt()).isEqualTo(3);
    assertThat(metrics.at("/mean/au_spro_0_05")).isEqualTo(pins.at("/au_spro_0_05"));
    assertThat(metrics.at("/inputs/passed_over").toString()).doesNotContain("defects_config");
    CategorySample sample =
        new ReportFiles(lastRun.toString(), new Configuration()).readSample("pins").orElseThrow();
    assertThat(
            new ResampledFigures(sample, sample.images()).ofAll()[SampleFigure.AU_SPRO_05.index()])
        .isCloseTo(pins.at("/au_spro_0_05").asDouble(), within(1e-12));
    JsonNode resized = measured(data, MeasureOptions.DEFAULT.withResolution(4)).at("/categories/0");
    assertThat(resized.at("/au_spro_0_05").isNull()).isTrue();
    assertThat(resized.at("/au_spro_0_05_reason").asText()).contains("--resolution original");
    Files.delete(data.resolve("pins/defects_config.json"));
    assertThat(measured(data, MeasureOptions.DEFAULT).at("/categories/0").has("au_spro_0_05"))
        .isFalse();
  }

  /** By view C1 the defective image scores above the good one, by C2 below: AUROC 1 and 0. */
  @Test
  void figuresByGroupAndItemOfAManifest() throws IOException {
    Path data = work.resolve("photos");
    for (String item : List.of("a", "b")) {
      for (String view : List.of("C1", "C2")) {
        Drawn.photo(data, "test/" + item + view + ".png");
      }
    }
    Drawn.mark(data, "mask.png", 1, 2, 255);
    Path manifest = data.resolve("parts.csv");
    Files.writeString(
        manifest,
        """
        uri,split,label,mask,group,item
        test/aC1.png,test,cut,mask.png,C1,a
        test/aC2.png,test,cut,mask.png,C2,a
        test/bC1.png,test,good,,C1,b
        test/bC2.png,test,good,,C2,b
        """);
    writeMap("maps/parts/test/aC1.npy", flatBut(0.9f));
    writeMap("maps/parts/test/aC2.npy", flatBut(0.3f));
    writeMap("maps/parts/test/bC1.npy", flatBut(0.5f));
    writeMap("maps/parts/test/bC2.npy", flatBut(0.6f));

    JsonNode parts = measured(manifest, MeasureOptions.DEFAULT).at("/categories/0");

    JsonNode first = parts.at("/by_group/C1");
    assertThat(first.at("/images").asInt()).as(parts.toString()).isEqualTo(2);
    assertThat(first.at("/defective_images").asInt()).isEqualTo(1);
    assertThat(first.at("/pixel_auprc").asDouble()).isEqualTo(1);
    assertThat(first.at("/image_auroc").asDouble()).isEqualTo(1);
    assertThat(parts.at("/by_group/C2/image_auroc").asDouble()).isZero();
    // Its one defective pixel is the second of the group: 0.6 is above 0.3.
    assertThat(parts.at("/by_group/C2/pixel_auprc").asDouble()).isEqualTo(0.5);
    // Items: a scores 0.9 and b 0.6. Images: 0.9 and 0.3 against 0.5 and 0.6, two of four pairs.
    assertThat(parts.at("/items").asInt()).isEqualTo(2);
    assertThat(parts.at("/defective_items").asInt()).isEqualTo(1);
    assertThat(parts.at("/item_auroc").asDouble()).isEqualTo(1);
    assertThat(parts.at("/image_auroc").asDouble()).isEqualTo(0.5);
  }

  private static float[] flatBut(float score) {
    float[] map = flat();
    map[2 * SIDE + 1] = score;
    return map;
  }

  private void writeGrey(String name, byte[] pixels) throws IOException {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, SIDE, SIDE, pixels);
    Path file = work.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }

  private JsonNode measured(Path data, MeasureOptions options) throws IOException {
    Path out = Files.createTempDirectory(work, "out").resolve("run");
    lastRun = out;
    new MeasureMaps(spark)
        .maps(work.resolve("maps").toString())
        .data(data.toString())
        .options(options)
        .out(out.toString())
        .execute();
    return JSON.readTree(out.resolve("metrics.json").toFile());
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

    assertThat(scores.submitted()).isEmpty();
    assertThat(scores.report().inputs().readAs()).isEqualTo("MVTec AD 2: 1 category");
    assertThat(Files.readString(work.resolve("scores/scores.csv")))
        .contains(List.of("test_private/3_mixed.png", "test_public/good/2_regular.png"));
  }

  /**
   * The maps are those of {@code maps/}, upsampled, and rounded to 16 bits; the threshold is that
   * of an evaluation of the public images with the same bank.
   */
  @Test
  void submitsThePrivateImagesOfMvtecAd2() throws Exception {
    Path data = work.resolve("ad2");
    Drawn.photo(data, "can/train/good/0_regular.png", "can/train/good/1_regular.png");
    Drawn.photo(data, "can/test_public/good/2_regular.png", "can/test_public/bad/3_regular.png");
    Drawn.marked(data, "can/test_public/ground_truth/bad/3_regular_mask.png");
    Drawn.photo(data, "can/test_private/000_regular.png", "can/test_private/001_regular.png");
    Drawn.photo(data, "can/test_private_mixed/000_mixed.png");
    Files.write(data.resolve("can/test_private_mixed/001_mixed.png"), new byte[] {1});
    String banks = work.resolve("banks").toString();
    new BuildBanks(spark)
        .data(data.toString())
        .backbone(TinyDataset.backbone())
        .banks(banks)
        .execute();
    new EvaluateDataset(spark)
        .data(data.toString())
        .backbone(TinyDataset.backbone())
        .bank(banks)
        .out(work.resolve("public").toString())
        .execute();

    ScoreImages.Result scores =
        new ScoreImages(spark)
            .data(data.toString())
            .backbone(TinyDataset.backbone())
            .bank(banks)
            .options(
                new SubmissionOptions(
                    Optional.of("mvtec-ad-2"), Optional.of(work.resolve("public").toString())))
            .options(RunOptions.DEFAULT.withMaxQuarantined(1))
            .out(work.resolve("scores").toString())
            .execute();

    Path submission = work.resolve("scores/submission");
    assertThat(files(submission))
        .containsExactly(
            "anomaly_images/can/test_private/000_regular.tiff",
            "anomaly_images/can/test_private/001_regular.tiff",
            "anomaly_images/can/test_private_mixed/000_mixed.tiff",
            "anomaly_images_thresholded/can/test_private/000_regular.png",
            "anomaly_images_thresholded/can/test_private/001_regular.png",
            "anomaly_images_thresholded/can/test_private_mixed/000_mixed.png");
    SubmittedMaps submitted = scores.submitted().orElseThrow();
    assertThat(submitted.maps()).isEqualTo(3);
    assertThat(submitted.gaps())
        .isEqualTo(
            "1 image has no map. There are no maps of fabric, fruit_jelly, rice, sheet_metal,"
                + " vial, wallplugs, walnuts. The server takes complete submissions only.");
    JsonNode run = JSON.readTree(work.resolve("scores/run.json").toFile());
    assertThat(run.at("/files").toString())
        .contains("submission/anomaly_images/can/test_private/000_regular.tiff");
    double threshold =
        JSON.readTree(work.resolve("public/metrics.json").toFile())
            .at("/categories/0/pixel_best_f1_threshold")
            .asDouble();
    Row stored =
        spark
            .read()
            .parquet(work.resolve("scores/maps").toString())
            .where("path = 'test_private/000_regular.png'")
            .head();
    List<Float> values = stored.getList(stored.fieldIndex("map"));
    float[] small = new float[values.size()];
    for (int i = 0; i < small.length; i++) {
      small[i] = values.get(i);
    }
    AnomalyMap map =
        Upsampling.full(
            new AnomalyMap(small, stored.getAs("height"), stored.getAs("width")), SIDE, SIDE);
    Path tiff = submission.resolve("anomaly_images/can/test_private/000_regular.tiff");
    float[] read = MapDecoder.decode(Files.readAllBytes(tiff), tiff.toString()).values();
    BufferedImage binary =
        ImageIO.read(
            submission
                .resolve("anomaly_images_thresholded/can/test_private/000_regular.png")
                .toFile());
    assertThat(binary.getRaster().getNumBands()).isEqualTo(1);
    for (int i = 0; i < SIDE * SIDE; i++) {
      assertThat(read[i]).isEqualTo(Half.toFloat(Half.of(map.values()[i])));
      assertThat(binary.getRaster().getSample(i % SIDE, i / SIDE, 0))
          .isEqualTo(map.values()[i] >= (float) threshold ? 255 : 0);
    }
  }

  @Test
  void aSubmissionThatCannotBeIsRefusedBeforeAnyWork() throws IOException {
    Path data = work.resolve("ad2");
    Drawn.photo(data, "can/train/good/0_regular.png", "can/test_public/good/2_regular.png");
    Path photos = work.resolve("photos");
    Drawn.photo(photos, "can/0.png");
    String banks = work.resolve("banks").toString();
    new BuildBanks(spark)
        .data(data.toString())
        .backbone(TinyDataset.backbone())
        .banks(banks)
        .execute();

    assertThatThrownBy(() -> submit(photos, banks, Optional.empty()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--submission mvtec-ad-2 is for MVTec AD 2, and")
        .hasMessageContaining("was read as");
    assertThatThrownBy(() -> submit(data, banks, Optional.empty()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("There is nothing to submit in");
    Drawn.photo(data, "can/test_private/000_regular.png");
    assertThatThrownBy(() -> submit(data, banks, Optional.of(photos.toString())))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("The report in " + photos + " is not complete")
        .hasMessageContaining("Name the folder of a finished run.");
    assertThat(work.resolve("refused")).doesNotExist();
    assertThatThrownBy(() -> new SubmissionOptions(Optional.of("visa"), Optional.empty()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("mvtec-ad-2");
    assertThatThrownBy(() -> new SubmissionOptions(Optional.empty(), Optional.of("runs/a")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("goes with --submission mvtec-ad-2");
  }

  private void submit(Path data, String banks, Optional<String> thresholds) {
    new ScoreImages(spark)
        .data(data.toString())
        .backbone(TinyDataset.backbone())
        .bank(banks)
        .options(new SubmissionOptions(Optional.of("mvtec-ad-2"), thresholds))
        .out(work.resolve("refused").toString())
        .execute();
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
