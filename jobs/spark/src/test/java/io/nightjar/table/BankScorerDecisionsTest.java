package io.nightjar.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.bank.coreset.CoresetMethod;
import io.nightjar.bank.coreset.CoresetOptions;
import io.nightjar.decision.PatchDecisionModel;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.BuildBanks;
import io.nightjar.job.ScoreImages;
import io.nightjar.job.options.BankOptions;
import io.nightjar.job.options.MapOptions;
import io.nightjar.metric.decision.DecisionRates;
import io.nightjar.metric.detection.RegionOptions;
import io.nightjar.metric.detection.RegionRules;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tables get the decisions and the regions that {@link ScoreImages} writes. */
@Tag("slow")
@Tag("smoke")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BankScorerDecisionsTest {
  private static final DecisionRates RATES = rates(0.2, 0.2);
  private static final RegionOptions BY_RATE =
      new RegionOptions(true, OptionalDouble.empty(), new RegionRules(4, 2));

  private SparkSession spark;
  private Path work;
  private Path data;
  private Path weights;
  private BackboneModel network;
  private BankScorer scorer;

  @BeforeAll
  void build(@TempDir Path directory) throws IOException {
    spark = Sparks.local(2);
    work = directory;
    data = TinyDataset.generate(directory.resolve("data"));
    weights = TinyDataset.writeWeights(directory.resolve("weights.safetensors"));
    network =
        BackboneModel.load(
            TinyDataset.backbone().spec(),
            weights.toString(),
            Optional.empty(),
            new Configuration());
    build("banks", BankOptions.DEFAULT);
    scorer = open("banks");
    build(
        "coresets",
        BankOptions.DEFAULT.withCoreset(new CoresetOptions(0.5, CoresetMethod.RANDOM, 1)));
  }

  private void build(String banks, BankOptions options) {
    new BuildBanks(spark)
        .data(data.toString())
        .categories(List.of("bottle"))
        .backbone(network)
        .banks(work.resolve(banks).toString())
        .options(options)
        .execute();
  }

  private BankScorer open(String banks) {
    return BankScorer.open(spark, work.resolve(banks) + "/bottle", weights.toString());
  }

  private static DecisionRates rates(double falseAlarms, double pixels) {
    return new DecisionRates(
        OptionalDouble.of(falseAlarms), OptionalDouble.empty(), OptionalDouble.of(pixels));
  }

  private Dataset<Row> images() {
    return spark
        .read()
        .format("binaryFile")
        .option("recursiveFileLookup", "true")
        .option("pathGlobFilter", "*.png")
        .load(data.resolve("bottle/test").toString())
        .repartition(3);
  }

  /** The results of the action in a folder. */
  private Path scored(String out, UnaryOperator<ScoreImages> options) {
    Path folder = work.resolve(out);
    options
        .apply(
            new ScoreImages(spark)
                .bank(work.resolve("banks") + "/bottle")
                .data(data.resolve("bottle/test").toString())
                .backbone(network)
                .out(folder.toString()))
        .execute();
    return folder;
  }

  private static String relative(Row row) {
    String path = row.getAs("path");
    return path.substring(path.indexOf("/bottle/test/") + "/bottle/test/".length());
  }

  @Test
  void decisionsAreThoseOfTheAction() {
    List<Row> rows =
        scorer
            .withDecisions(RATES)
            .withImageScore(ImageScoreKind.TOP3)
            .withSmoothing(2)
            .score(images())
            .collectAsList();

    Path action =
        scored(
            "decided",
            score -> score.options(RATES).options(new MapOptions(2, ImageScoreKind.TOP3)));
    Map<String, Row> expected = new HashMap<>();
    spark
        .read()
        .parquet(action + "/scores")
        .collectAsList()
        .forEach(row -> expected.put(row.getAs("path"), row));
    assertThat(rows).hasSameSizeAs(expected.values());
    for (Row row : rows) {
      Row of = expected.get(relative(row));
      assertThat(row.<Double>getAs("p_value")).isEqualTo(of.<Double>getAs("p_value"));
      assertThat(row.<String>getAs("verdict")).isEqualTo(of.<String>getAs("verdict"));
    }
    assertThat(rows).extracting(row -> row.<String>getAs("verdict")).contains("anomalous");
    assertThat(rows.get(0).schema().fieldNames()).endsWith("p_value", "verdict");
  }

  @Test
  void regionsAreThoseOfTheAction() {
    Dataset<Row> table = scorer.withRegions(BY_RATE).withDecisions(RATES).score(images());

    Path action = scored("with-regions", score -> score.options(RATES).options(BY_RATE));
    String[] columns = {
      "area",
      "left",
      "top",
      "width",
      "height",
      "centroid_x",
      "centroid_y",
      "peak",
      "peak_x",
      "peak_y",
      "mean",
      "p_value"
    };
    List<Column> values = new ArrayList<>();
    for (String column : columns) {
      values.add(functions.col(column));
    }
    List<String> expected =
        spark
            .read()
            .parquet(action + "/regions")
            .orderBy("path", "region")
            .select(values.toArray(Column[]::new))
            .collectAsList()
            .stream()
            .map(Row::toString)
            .toList();
    assertThat(
            table
                .orderBy("path")
                .select(functions.explode(functions.col("regions")).as("region"))
                .select("region.*")
                .collectAsList())
        .extracting(Row::toString)
        .isEqualTo(expected)
        .isNotEmpty();
  }

  @Test
  void theStageOfAPipelineDecidesAlike() {
    Dataset<Row> maps = scorer.withMaps(true).score(images());

    List<Row> decided =
        PatchDecisionModel.ofBank(spark, work.resolve("banks") + "/bottle@1")
            .setInputCol("map")
            .setWidthCol("width")
            .setHeightCol("height")
            .setFalseAlarmRate(0.2)
            .setPixelFalsePositiveRate(0.2)
            .setRegionsCol("regions")
            .setMinArea(4)
            .setMergeWithin(2)
            .transform(maps)
            .orderBy("path")
            .select("path", "p_value", "verdict", "regions")
            .collectAsList();

    assertThat(decided)
        .isEqualTo(
            scorer
                .withDecisions(RATES)
                .withRegions(BY_RATE)
                .score(images())
                .orderBy("path")
                .select("path", "p_value", "verdict", "regions")
                .collectAsList());
  }

  @Test
  void aThresholdNeedsNoCalibration() {
    RegionOptions low = new RegionOptions(true, OptionalDouble.of(1e-3), RegionRules.DEFAULT);

    List<Row> rows = open("coresets").withRegions(low).score(images()).collectAsList();

    // Every distance is larger.
    for (Row row : rows) {
      List<Row> regions = row.getList(row.fieldIndex("regions"));
      assertThat(regions).hasSize(1);
      assertThat(regions.get(0).<Long>getAs("area"))
          .isEqualTo((long) row.<Integer>getAs("width") * row.<Integer>getAs("height"));
      assertThat(regions.get(0).<Double>getAs("p_value")).isNull();
    }
  }

  @Test
  void anImageThatCannotBeReadIsNotDecidedOn() {
    Dataset<Row> damaged = images().limit(1).withColumn("content", functions.lit(new byte[] {1}));

    Row row =
        scorer.withDecisions(RATES).withRegions(BY_RATE).score(damaged).collectAsList().get(0);

    assertThat(row.<String>getAs("reason")).isNotEmpty();
    assertThat(row.<Double>getAs("p_value")).isNull();
    assertThat(row.<String>getAs("verdict")).isNull();
    assertThat(row.<Object>getAs("regions")).isNull();
  }

  @Test
  void whatCannotBePromisedIsRefusedInASentence() {
    assertRefused(
        () -> scorer.withDecisions(rates(0.01, 0.2)),
        "the 9 calibration scores of the bank",
        "give at least 0.1");
    assertRefused(
        () ->
            scorer.withDecisions(
                new DecisionRates(
                    OptionalDouble.of(0.2), OptionalDouble.of(0.2), OptionalDouble.empty())),
        "FalseDiscoveries.select");
    assertRefused(
        () -> scorer.withDecisions(RATES).withNeighbours(2).score(images()), "2 neighbours");
    assertRefused(
        () -> scorer.withRegions(BY_RATE).score(images()),
        "The option --regions needs a threshold");
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String... words) {
    assertThatThrownBy(call)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(words);
  }
}
