package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.bank.approximate.HnswMethod;
import io.nightjar.bank.approximate.IvfMethod;
import io.nightjar.bank.approximate.LshMethod;
import io.nightjar.bank.approximate.SearchMethod;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.SearchQuality;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Evaluations whose search is not exact, and what they report of it. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApproximateSearchTest {
  private SparkSession spark;
  private Path work;
  private Path data;

  @BeforeAll
  void start(@TempDir Path directory) {
    spark = Sparks.local(2);
    work = directory;
    data = TinyDataset.generate(directory.resolve("data"));
  }

  private static EvaluationOptions.Builder options(SearchMethod method) {
    return TinyEvaluation.options().search(method);
  }

  private List<CategoryResult> evaluate(
      String name, EvaluationOptions options, String... categories) {
    return new EvaluateDataset(spark)
        .data(data.toString())
        .categories(List.of(categories))
        .backbone(TinyDataset.backbone())
        .out(work.resolve(name).toString())
        .options(options)
        .execute()
        .report()
        .categories();
  }

  @Test
  void aSearchThroughAllListsIsTheExactOne() {
    List<CategoryResult> exact = evaluate("exact", TinyEvaluation.options().build());
    List<CategoryResult> found = evaluate("all-lists", options(new IvfMethod(6, 6, 1)).build());

    assertThat(exact).allSatisfy(category -> assertThat(category.search()).isEmpty());
    for (int i = 0; i < exact.size(); i++) {
      assertThat(found.get(i).metrics()).isEqualTo(exact.get(i).metrics());
      SearchQuality quality = found.get(i).search().orElseThrow();
      assertThat(quality.recallAt1()).isEqualTo(1);
      assertThat(quality.meanRelativeError()).isZero();
      assertThat(quality.change().get()).isZero();
      assertThat(quality.patches()).isEqualTo(64L * quality.sampleImages());
    }
  }

  @Test
  void whatItMissesIsNextToTheFigures() throws IOException {
    CategoryResult category =
        evaluate(
                "one-table",
                options(new LshMethod(1, 8, 0, 1)).searchCheckImages(3).build(),
                "bottle")
            .get(0);

    SearchQuality quality = category.search().orElseThrow();
    assertThat(quality.sampleImages()).isEqualTo(3);
    assertThat(quality.recallAt1()).isBetween(0.01, 0.99);
    assertThat(quality.meanRelativeError()).isBetween(1e-4, 10.0);
    assertThat(quality.change().get())
        .isCloseTo(
            quality.pixelAuprc().getAsDouble() - quality.exactPixelAuprc().getAsDouble(),
            within(0.0));
    assertThat(category.notes()).contains(quality.describe());
    assertThat(Files.readString(work.resolve("one-table/metrics.json")))
        .contains("\"recall_at_1\" : " + quality.recallAt1());
    assertThat(Files.readString(work.resolve("one-table/run.json")))
        .contains("\"lsh_tables\" : 1", "\"search_check_images\" : 3", quality.describe());
    assertThat(Files.readString(work.resolve("one-table/report.html")))
        .contains("Approximate search lsh (lsh-tables 1, lsh-hashes 8");
  }

  @Test
  void everyMethodGivesTheSameBitsHoweverTheWorkIsSpread() {
    for (SearchMethod method :
        List.of(new IvfMethod(0, 2, 1), new LshMethod(4, 4, 0, 1), new HnswMethod(8, 32, 16))) {
      String name = method.name();
      EvaluationOptions one = options(method).partitions(1).neighbours(2).build();
      EvaluationOptions many = options(method).partitions(5).neighbours(2).build();

      List<CategoryResult> first = evaluate(name + "-1", one, "carpet");
      List<CategoryResult> second = evaluate(name + "-5", many, "carpet");

      assertThat(second).hasSize(1);
      assertThat(second.get(0).metrics()).as(name).isEqualTo(first.get(0).metrics());
      assertThat(second.get(0).search()).as(name).isEqualTo(first.get(0).search());
    }
  }

  @Test
  void aCheckWithoutImagesIsRefused() {
    assertThatThrownBy(() -> TinyEvaluation.options().searchCheckImages(0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("search-check-images");
  }
}
