package io.nightjar.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.MapResize;
import io.nightjar.testing.Sparks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Columns of p-values, verdicts and regions in a pipeline. */
@Tag("slow")
@Tag("smoke")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PatchDecisionTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("number", DataTypes.IntegerType, false)
          .add("distances", DataTypes.createArrayType(DataTypes.FloatType, false))
          .add("width", DataTypes.IntegerType, false)
          .add("height", DataTypes.IntegerType, false);

  private SparkSession spark;

  @BeforeAll
  void start() {
    spark = Sparks.local(2);
  }

  /** Maps of 4 x 4 patches with distances from 0 to a largest one. */
  private static List<float[]> maps(int images, double largest, long seed) {
    Random random = new Random(seed);
    List<float[]> maps = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      float[] map = new float[16];
      for (int patch = 0; patch < map.length; patch++) {
        map[patch] = (float) (largest * random.nextDouble());
      }
      maps.add(map);
    }
    return maps;
  }

  private Dataset<Row> table(List<float[]> maps) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < maps.size(); i++) {
      rows.add(RowFactory.create(i, maps.get(i), 40, 24));
    }
    return spark.createDataFrame(rows, SCHEMA).repartition(3);
  }

  private static double top3(float[] map) {
    float[] sorted = map.clone();
    java.util.Arrays.sort(sorted);
    return (float) (((double) sorted[13] + sorted[14] + sorted[15]) / 3);
  }

  private static PatchDecision decision() {
    return new PatchDecision().setInputCol("distances").setFalseAlarmRate(0.1);
  }

  @Test
  void pValuesAreTheRanksAmongNormalImages() {
    List<float[]> normal = maps(19, 1, 1);
    List<float[]> images = maps(12, 1.1, 2);

    Dataset<Row> decided =
        decision().setImageScore("top3").fit(table(normal)).transform(table(images));

    assertThat(decided.columns())
        .containsExactly("number", "distances", "width", "height", "p_value", "verdict");
    List<Row> rows = decided.orderBy("number").collectAsList();
    for (int i = 0; i < rows.size(); i++) {
      double score = top3(images.get(i));
      long atOrAbove = normal.stream().filter(map -> top3(map) >= score).count();
      assertThat(rows.get(i).<Double>getAs("p_value")).isEqualTo((1.0 + atOrAbove) / 20);
      assertThat(rows.get(i).<String>getAs("verdict"))
          .isEqualTo(atOrAbove <= 1 ? "anomalous" : "normal");
    }
    assertThat(rows)
        .extracting(row -> row.<String>getAs("verdict"))
        .contains("normal", "anomalous");
  }

  @Test
  void regionsAreThoseOfTheMapsAtTheSizesOfTheImages() {
    List<float[]> images = maps(6, 1, 3);

    List<Row> rows =
        decision()
            .setRegionsCol("regions")
            .setWidthCol("width")
            .setHeightCol("height")
            .setPixelThreshold(0.6)
            .setSmoothing(1)
            .setImageSize(16)
            .fit(table(maps(9, 1, 1)))
            .transform(table(images))
            .orderBy("number")
            .collectAsList();

    int found = 0;
    for (int i = 0; i < rows.size(); i++) {
      float[] pixels =
          new MapResize(1, 16, 16).full(new AnomalyMap(images.get(i), 4, 4), 40, 24).values();
      long area = 0;
      for (float pixel : pixels) {
        area += pixel >= 0.6f ? 1 : 0;
      }
      List<Row> regions = rows.get(i).getList(rows.get(i).fieldIndex("regions"));
      assertThat(regions.stream().mapToLong(region -> region.<Long>getAs("area")).sum())
          .isEqualTo(area);
      found += regions.size();
    }
    assertThat(found).isPositive();
  }

  @Test
  void theThresholdCanFollowFromTheNormalImages() {
    List<float[]> normal = maps(19, 1, 1);
    PatchDecision stage =
        decision().setRegionsCol("regions").setImageSize(4).setPixelFalsePositiveRate(0.2);

    List<Row> rows =
        stage
            .fit(table(normal))
            .transform(table(normal))
            .select(functions.explode(functions.col("regions")).as("region"))
            .select("region.*")
            .collectAsList();

    // As if one more image lay above it as a whole: at most 0.2 * 20 images' pixels but one.
    long above = rows.stream().mapToLong(row -> row.<Long>getAs("area")).sum();
    assertThat(above).isPositive().isLessThanOrEqualTo(3 * 16);
  }

  @Test
  void stagesAreSavedAndLoadedWithWhatTheyKnow(@TempDir Path work) throws Exception {
    Dataset<Row> normal = table(maps(19, 1, 1));
    Dataset<Row> images = table(maps(5, 1.1, 2));
    PipelineModel model = new Pipeline().setStages(new PipelineStage[] {decision()}).fit(normal);
    model.write().overwrite().save(work.resolve("model").toString());
    decision().setMinArea(3).write().save(work.resolve("stage").toString());

    PipelineModel loaded = PipelineModel.load(work.resolve("model").toString());

    assertThat(loaded.transform(images).orderBy("number").collectAsList())
        .isEqualTo(model.transform(images).orderBy("number").collectAsList());
    PatchDecision stage = PatchDecision.load(work.resolve("stage").toString());
    assertThat(stage.explainParams()).isEqualTo(decisionLike(stage).explainParams());
    assertThat(((PatchDecisionModel) loaded.stages()[0]).normalImages()).isEqualTo(19);
  }

  private static PatchDecision decisionLike(PatchDecision other) {
    return new PatchDecision(other.uid())
        .setInputCol("distances")
        .setFalseAlarmRate(0.1)
        .setMinArea(3);
  }

  @Test
  void whatCannotBeUsedIsRefusedInASentence() {
    Dataset<Row> normal = table(maps(9, 1, 1));
    PatchDecisionModel model = decision().fit(normal);

    assertRefused(() -> decision().fit(normal.limit(0)), "was given no image");
    assertRefused(
        () -> decision().setFalseAlarmRate(0.05).fit(normal),
        "9 calibration scores",
        "give at least 0.1");
    assertRefused(() -> decision().setInputCol("nothing").fit(normal), "no input column nothing");
    assertRefused(() -> new PatchDecision().fit(normal), "inputCol is not set");
    assertRefused(() -> decision().setInputCol("width").fit(normal), "an array of float, not int");
    assertRefused(() -> decision().setWidthCol("width").fit(normal), "widthCol and heightCol");
    assertRefused(() -> decision().setRegionsCol("regions").fit(normal), "needs a threshold");
    assertRefused(() -> decision().setVerdictCol("width").fit(normal), "width exists already");
    assertRefused(
        () -> model.transform(normal.withColumn("p_value", functions.lit(1))),
        "p_value exists already");
    assertThatThrownBy(() -> decision().fit(table(List.of(new float[3]))))
        .hasStackTraceContaining("An array of 3 distances");
    assertThatThrownBy(() -> decision().fit(table(List.of(new float[] {Float.NaN}))))
        .hasStackTraceContaining("must be a finite number");
    assertThatThrownBy(
            () ->
                model
                    .transform(
                        normal.withColumn(
                            "distances",
                            functions.lit(null).cast(SCHEMA.apply("distances").dataType())))
                    .collectAsList())
        .hasStackTraceContaining("contains a null");
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String... words) {
    assertThatThrownBy(call)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(words);
  }
}
