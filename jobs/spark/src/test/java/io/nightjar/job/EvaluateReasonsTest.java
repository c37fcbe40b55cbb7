package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.artifact.ArtifactStore;
import io.nightjar.job.options.BankOptions;
import io.nightjar.job.options.BankScope;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.result.RunResult;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.reason.ReasonOptions;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import io.nightjar.tile.TileRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The reasons of an evaluation are those that {@code score} gives with the same bank, which {@link
 * ScoreReasonsTest} compares with brute force.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvaluateReasonsTest {
  private static final ReasonOptions TWO = new ReasonOptions(2);
  private static final String BOTTLE = "bottle";

  private SparkSession spark;
  private Path work;
  private Path data;
  private Path store;
  private CategoryResult first;

  @BeforeAll
  void evaluate(@TempDir Path directory) {
    spark = Sparks.local(2);
    work = directory;
    data = TinyDataset.generate(directory.resolve("data"));
    store = directory.resolve("store");
    new BuildBanks(spark)
        .data(data.toString())
        .backbone(TinyDataset.backbone())
        .categories(List.of(BOTTLE))
        .banks(directory.resolve("banks").toString())
        .options(TinyEvaluation.EMBED)
        .options(TinyEvaluation.FIT)
        .execute();
    first = only(built("built").execute());
  }

  private EvaluateDataset evaluation(String out, EvaluationOptions options) {
    return new EvaluateDataset(spark)
        .data(data.toString())
        .backbone(TinyDataset.backbone())
        .options(options)
        .options(TWO)
        .categories(List.of(BOTTLE))
        .visualizations(0)
        .out(work.resolve(out).toString());
  }

  /** With a bank that is built, and kept in the store. */
  private EvaluateDataset built(String out) {
    return evaluation(out, TinyEvaluation.options().build()).reuse(store.toString());
  }

  private static CategoryResult only(RunResult result) {
    assertThat(result.report().failed()).isEmpty();
    return result.report().categories().get(0);
  }

  private String text(String file) throws IOException {
    return Files.readString(work.resolve(file));
  }

  private void assertLikeTheFirst(String out) throws IOException {
    assertThat(text(out + "/reasons.csv")).isEqualTo(text("built/reasons.csv"));
    assertThat(text(out + "/reasons.html")).isEqualTo(text("built/reasons.html"));
  }

  private JsonNode run(String out) throws IOException {
    return new ObjectMapper().readTree(work.resolve(out).resolve("run.json").toFile());
  }

  @Test
  void reasonsAreThoseOfScoreWhereverTheBankComesFrom() throws IOException {
    String bank = work.resolve("banks").toString();
    new ScoreImages(spark)
        .bank(bank)
        .data(data.toString())
        .backbone(TinyDataset.backbone())
        .categories(List.of(BOTTLE))
        .options(TinyEvaluation.EMBED)
        .options(TWO)
        .visualizations(0)
        .out(work.resolve("scored").toString())
        .execute();
    evaluation("stored", TinyEvaluation.storedOptions().build()).bank(bank).execute();

    assertLikeTheFirst("scored");
    assertLikeTheFirst("stored");
    List<Row> table =
        spark.read().parquet(work.resolve("built/reasons").toString()).collectAsList();
    assertThat(table).hasSize(2 * first.testImages());
    assertThat(text("built/reasons.csv").lines()).hasSize(table.size() + 1);
    assertThat(text("built/reasons.html"))
        .contains("data:image/jpeg;base64,", "train/good/", "test/broken_large/")
        .doesNotContain("is not shown");
  }

  @Test
  void theReportLeadsToThemAndTheRecordHasThem() throws IOException {
    assertThat(text("built/report.html")).contains("<a href=\"reasons.html\">");
    JsonNode run = run("built");
    assertThat(run.get("options").get("reasons").asInt()).isEqualTo(2);
    assertThat(run.get("files").toString()).contains("reasons.csv", "reasons.html", "reasons/");
    assertThat(run.get("seconds_by_stage").get(BOTTLE).get("reasons").asDouble()).isPositive();
  }

  @Test
  void noFigureChangesAndNoFileIsAddedWithoutThem() throws IOException {
    CategoryResult plain =
        only(
            evaluation("plain", TinyEvaluation.options().build())
                .options(ReasonOptions.NONE)
                .execute());

    assertThat(plain.metrics()).isEqualTo(first.metrics());
    assertThat(text("plain/report.html")).doesNotContain("reasons.html");
    try (Stream<Path> files = Files.list(work.resolve("plain"))) {
      assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith("reasons"));
    }
  }

  /** Figures need no bank where nothing changed; reasons do, and one that is damaged is removed. */
  @Test
  void whereTheFiguresAreTakenTheBankIsFoundOrBuiltAgain() throws IOException {
    built("again").execute();

    assertLikeTheFirst("again");
    assertThat(run("again").get("reuse").get("by_category").get(BOTTLE).get("figures").asBoolean())
        .isTrue();

    Path banks = store.resolve(ArtifactStore.FOLDER).resolve("banks");
    try (Stream<Path> files = Files.walk(banks)) {
      for (Path rows : files.filter(file -> file.toString().endsWith(".parquet")).toList()) {
        byte[] content = Files.readAllBytes(rows);
        content[content.length / 2] ^= 1;
        Files.write(rows, content);
      }
    }
    built("mended").execute();
    assertLikeTheFirst("mended");
  }

  @Test
  void whereTheBankCannotBeKeptThePageSaysThatThereAreNone() throws IOException {
    Path full = work.resolve("full");
    Files.createDirectories(full.resolve(ArtifactStore.FOLDER));
    Files.createFile(full.resolve(ArtifactStore.FOLDER).resolve("banks"));

    CategoryResult result =
        only(
            evaluation("unkept", TinyEvaluation.options().build())
                .reuse(full.toString())
                .execute());

    assertThat(result.metrics()).isEqualTo(first.metrics());
    assertThat(text("unkept/reasons.html")).contains("the bank could not be kept in the store");
    assertThat(text("unkept/reasons.csv").lines()).hasSize(1);
  }

  @Test
  void aBankOfAllCategoriesNamesTheCategoryOfANormalPatch() throws IOException {
    new BuildBanks(spark)
        .data(data.toString())
        .backbone(TinyDataset.backbone())
        .categories(List.of(BOTTLE))
        .banks(work.resolve("unified").toString())
        .options(TinyEvaluation.EMBED)
        .options(TinyEvaluation.FIT)
        .options(BankOptions.DEFAULT.withScope(BankScope.UNIFIED))
        .execute();

    evaluation("of-unified", TinyEvaluation.storedOptions().build())
        .bank(work.resolve("unified").toString())
        .execute();

    assertThat(spark.read().parquet(work.resolve("of-unified/reasons").toString()).collectAsList())
        .hasSize(2 * first.testImages())
        .allSatisfy(
            row ->
                assertThat(row.<String>getAs("normal_path"))
                    .matches("bottle/train/good/\\d+\\.png"));
    assertThat(text("of-unified/reasons.html")).doesNotContain("is not shown");
  }

  @Test
  void whatHasNoFilesToReadThemFromIsRefused() {
    assertRefused(
        evaluation("never", TinyEvaluation.options().build()),
        "--reuse none says that there is none");
    assertRefused(
        evaluation(
                "never",
                TinyEvaluation.options()
                    .bank(BankOptions.DEFAULT.withScope(BankScope.UNIFIED))
                    .build())
            .reuse(store.toString()),
        "of the bank of --scope unified nothing is kept");
    assertRefused(
        evaluation(
                "never",
                TinyEvaluation.options()
                    .embed(TinyEvaluation.EMBED.withTiles(new TileRule(64, 64, 0)))
                    .build())
            .reuse(store.toString()),
        "--tiles cuts images into tiles");
  }

  private void assertRefused(EvaluateDataset evaluation, String words) {
    assertThatThrownBy(evaluation::execute)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("The option --reasons ")
        .hasMessageContaining(words);
    assertThat(work.resolve("never")).doesNotExist();
  }
}
