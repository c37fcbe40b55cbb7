package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.error.InvalidInputException;
import io.nightjar.metric.decision.DecisionRates;
import io.nightjar.metric.detection.RegionOptions;
import io.nightjar.metric.detection.RegionRules;
import io.nightjar.report.ScoredFile;
import io.nightjar.report.detection.RegionSummary;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.MapResize;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Masks, annotations and table say the same of every image. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScoreRegionsTest {
  private SparkSession spark;
  private Path work;
  private Path data;
  private Path banks;

  @BeforeAll
  void build(@TempDir Path directory) {
    spark = Sparks.local(2);
    work = directory;
    data = TinyDataset.generate(directory.resolve("data"));
    banks = directory.resolve("banks");
    TinyBanks.of(spark, data, banks).execute();
  }

  private ScoreImages scoring(String out) {
    return new ScoreImages(spark)
        .bank(banks.toString())
        .data(data.toString())
        .categories(List.of("bottle"))
        .backbone(TinyDataset.backbone())
        .out(work.resolve(out).toString())
        .options(TinyEvaluation.EMBED);
  }

  @Test
  void masksAnnotationsAndTableAreThoseOfTheMaps() throws IOException {
    List<ScoredFile> images = scoring("plain").execute().report().categories().get(0).images();
    float[] highest = new float[images.size()];
    IntStream.range(0, highest.length).forEach(i -> highest[i] = images.get(i).imageScore());
    // Some images have pixels there, and some have none.
    double threshold = 0.9 * max(highest);
    Path out = work.resolve("regions");

    RegionSummary summary =
        scoring("regions")
            .options(new RegionOptions(true, OptionalDouble.of(threshold), RegionRules.DEFAULT))
            .execute()
            .report()
            .regions()
            .get("bottle");

    JsonNode coco = new ObjectMapper().readTree(out.resolve("regions.coco.json").toFile());
    List<Row> table =
        spark.read().parquet(out + "/regions").orderBy("path", "region").collectAsList();
    assertThat(coco.get("images")).hasSameSizeAs(images);
    assertThat(coco.get("annotations")).hasSameSizeAs(table).hasSize(summary.regions());
    int withRegions = 0;
    for (int i = 0; i < images.size(); i++) {
      ScoredFile image = images.get(i);
      int pixels = atOrAbove(image, (float) threshold);
      withRegions += pixels > 0 ? 1 : 0;
      JsonNode listed = coco.get("images").get(i);
      assertThat(listed.get("file_name").asText()).isEqualTo("bottle/" + image.path());
      List<JsonNode> annotations = new ArrayList<>();
      coco.get("annotations")
          .forEach(
              one -> {
                if (one.get("image_id").asInt() == listed.get("id").asInt()) {
                  annotations.add(one);
                }
              });
      assertThat(annotations.stream().mapToInt(one -> one.get("area").asInt()).sum())
          .isEqualTo(pixels);
      List<Row> rows =
          table.stream().filter(row -> row.getAs("path").equals(image.path())).toList();
      assertThat(rows).hasSameSizeAs(annotations);
      for (int n = 0; n < rows.size(); n++) {
        Row row = rows.get(n);
        assertThat(row.<Integer>getAs("region")).isEqualTo(n + 1);
        assertThat(row.<Long>getAs("area")).isEqualTo(annotations.get(n).get("area").asLong());
        assertThat((double) row.<Float>getAs("peak"))
            .isEqualTo(annotations.get(n).get("score").asDouble(), within(1e-6));
        assertThat(row.isNullAt(row.fieldIndex("p_value"))).isTrue();
        BufferedImage mask = ImageIO.read(out.resolve(row.<String>getAs("mask")).toFile());
        assertThat(white(mask)).isEqualTo(pixels);
      }
      if (rows.isEmpty()) {
        assertThat(out.resolve("masks/bottle/" + image.path())).doesNotExist();
      }
    }
    assertThat(withRegions).isEqualTo(summary.images()).isPositive().isLessThan(images.size());
    assertThat(Files.readString(out.resolve("score.json")))
        .contains("\"regions\" : {", "\"pixel_threshold\" : " + threshold);
    assertThat(Files.readString(out.resolve("run.json")))
        .contains("regions.coco.json", "\"min_area\" : 1");
  }

  @Test
  void theBanksOwnImagesGiveTheThresholdAndPValues() {
    RegionSummary summary =
        scoring("by-rate")
            .options(
                new DecisionRates(
                    OptionalDouble.of(0.2), OptionalDouble.empty(), OptionalDouble.of(0.2)))
            .options(new RegionOptions(true, OptionalDouble.empty(), new RegionRules(4, 2)))
            .execute()
            .report()
            .regions()
            .get("bottle");

    List<Row> table = spark.read().parquet(work.resolve("by-rate") + "/regions").collectAsList();
    assertThat(table).hasSize(summary.regions()).isNotEmpty();
    // Nine images are in the bank.
    assertThat(table)
        .allSatisfy(
            row -> {
              assertThat(row.<Double>getAs("p_value")).isBetween(0.1, 1.0);
              assertThat(row.<Long>getAs("area")).isGreaterThanOrEqualTo(4);
              assertThat((double) row.<Float>getAs("peak"))
                  .isGreaterThanOrEqualTo(summary.threshold());
            });
  }

  @Test
  void withoutAThresholdNothingIsScored() {
    ScoreImages scoring =
        scoring("none")
            .options(new RegionOptions(true, OptionalDouble.empty(), RegionRules.DEFAULT));

    assertThatThrownBy(scoring::execute)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("The option --regions needs a threshold: add --pixel-threshold");
    assertThat(work.resolve("none")).doesNotExist();
  }

  private static double max(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).max().orElseThrow();
  }

  private static int atOrAbove(ScoredFile image, float threshold) {
    AnomalyMap full =
        new MapResize(0, 64, 64)
            .full(
                new AnomalyMap(image.map(), image.mapWidth(), image.mapHeight()),
                image.width(),
                image.height());
    int count = 0;
    for (float value : full.values()) {
      count += value >= threshold ? 1 : 0;
    }
    return count;
  }

  private static int white(BufferedImage mask) {
    int count = 0;
    for (int y = 0; y < mask.getHeight(); y++) {
      for (int x = 0; x < mask.getWidth(); x++) {
        count += mask.getRaster().getSample(x, y, 0) == 255 ? 1 : 0;
      }
    }
    return count;
  }
}
