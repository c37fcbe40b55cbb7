package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.weights.WeightFiles;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.metric.result.Estimate;
import io.nightjar.report.CategoryResult;
import io.nightjar.testing.SharedFiles;
import io.nightjar.testing.Slice;
import io.nightjar.testing.Sparks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole job with real weights on real images, against values that an independent implementation
 * (torch, numpy, scikit-learn) found on the same slice of the category bottle.
 *
 * <p>The first evaluation computes all, and leaves in its folder what others take: distances, where
 * they are measured otherwise; the bank and embeddings, where they are searched otherwise.
 */
@Tag("slow")
@Tag("smoke")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReferenceSliceTest {
  private SparkSession spark;
  private Slice slice;
  private BackboneModel backbone;
  private Path data;
  private Path work;
  private final Map<String, CategoryResult> once = new TreeMap<>();

  @BeforeAll
  void layOutTheSlice(@TempDir Path directory) throws IOException {
    slice = Slice.load();
    work = directory;
    data = slice.layOut(directory.resolve("data"));
    backbone =
        BackboneModel.build(
            EmbeddingSpec.of(Architecture.RESNET50_V1),
            WeightFiles.load(
                SharedFiles.resnet50V1Weights().toString(), Optional.empty(), new Configuration()));
    spark = Sparks.local(2);
  }

  @Test
  void oneNeighbourAtOriginalSize() {
    CategoryResult bottle = original();

    assertThat(bottle.components()).isEqualTo(slice.components());
    assertThat(bottle.bankRows()).isEqualTo(24 * 784);
    assertFigures(bottle, "original");
    assertDistances("original", 1);
  }

  @Test
  void oneNeighbourAt224() {
    assertFigures(at224(), "224");
  }

  @Test
  void fiveNeighbours() {
    original();

    evaluate("five", "original", EvaluationOptions.builder().neighbours(5).resolution(224));

    assertDistances("five", 5);
  }

  @Test
  void aStoredBankGivesTheVeryFilesOfOnePass() throws IOException {
    at224();
    String banks = out("banks");
    assertThat(
            new BuildBanks(spark)
                .data(data.toString())
                .backbone(backbone)
                .banks(banks)
                .execute()
                .complete())
        .isTrue();

    evaluation("stored", EvaluationOptions.builder().resolution(224).build()).bank(banks).execute();

    assertThat(figures("stored")).isEqualTo(figures("at224"));
    assertThat(maps("stored")).isEqualTo(maps("at224"));
  }

  @Test
  void aBankInShardsGivesTheVeryFilesOfOneInOnePiece() throws IOException {
    original();

    evaluation("sharded", EvaluationOptions.builder().broadcastLimit(1 << 20).build()).execute();

    JsonNode run = new ObjectMapper().readTree(work.resolve("sharded/run.json").toFile());
    assertThat(run.get("banks").get("bottle").get("shards").asLong()).isGreaterThan(3);
    assertThat(figures("sharded")).isEqualTo(figures("original"));
    assertThat(maps("sharded")).isEqualTo(maps("original"));
  }

  /** With the options' defaults; evaluated once. */
  private CategoryResult original() {
    return once.computeIfAbsent(
        "original", name -> evaluate(name, name, EvaluationOptions.builder()));
  }

  /** At the network's size, of the distances of {@link #original}; measured once. */
  private CategoryResult at224() {
    original();
    return once.computeIfAbsent(
        "at224", name -> evaluate(name, "original", EvaluationOptions.builder().resolution(224)));
  }

  /**
   * All of {@code metrics.json} but the time, and the files that one run needs and another passes
   * over.
   */
  private JsonNode figures(String name) throws IOException {
    JsonNode metrics =
        new ObjectMapper().readTree(work.resolve(name).resolve("metrics.json").toFile());
    metrics.get("categories").forEach(category -> ((ObjectNode) category).remove("seconds"));
    assertThat(((ObjectNode) metrics).remove("inputs")).isNotNull();
    return metrics;
  }

  private List<String> maps(String name) {
    return spark.read().parquet(out(name) + "/maps").orderBy("path").toJSON().collectAsList();
  }

  private EvaluateDataset evaluation(String name, EvaluationOptions options) {
    return new EvaluateDataset(spark)
        .data(data.toString())
        .backbone(backbone)
        .out(out(name))
        .options(options);
  }

  /**
   * Evaluates with a store.
   *
   * @param store the folder in which it is
   */
  private CategoryResult evaluate(String name, String store, EvaluationOptions.Builder options) {
    List<CategoryResult> categories =
        evaluation(name, options.build()).reuse(out(store)).execute().report().categories();
    assertThat(categories).hasSize(1);
    return categories.get(0);
  }

  private String out(String name) {
    return work.resolve(name).toString();
  }

  private void assertFigures(CategoryResult bottle, String resolution) {
    assertThat(bottle.pixelAuprc().get())
        .isCloseTo(slice.metric(resolution, "pixel_auprc_step"), within(5e-4));
    Estimate auprc = bottle.metrics().pixel().auprc();
    assertThat(auprc.upper() - auprc.lower()).isLessThanOrEqualTo(1e-5);
    assertThat(bottle.pixelAuprcTrapezoid().get())
        .isCloseTo(slice.metric(resolution, "pixel_auprc_trapezoid"), within(5e-4));
    assertThat(bottle.pixelAuroc().get())
        .isCloseTo(slice.metric(resolution, "pixel_auroc"), within(2e-4));
    assertThat(bottle.imageAuroc().get())
        .isCloseTo(slice.metric(resolution, "image_auroc"), within(2e-4));
  }

  private void assertDistances(String run, int neighbours) {
    Map<String, Double> expected = slice.largestDistances(neighbours);
    Map<String, Double> found = new TreeMap<>();
    for (Row row : spark.read().parquet(out(run) + "/maps").select("path", "map").collectAsList()) {
      List<Float> map = row.getList(1);
      assertThat(map).hasSize(784);
      found.put(row.getString(0), map.stream().mapToDouble(Float::doubleValue).max().orElseThrow());
    }
    assertThat(found).containsOnlyKeys(expected.keySet());
    expected.forEach(
        (path, distance) ->
            assertThat(found.get(path)).as(path).isCloseTo(distance, withPercentage(0.2)));
  }
}
