package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.PcaSolver;
import io.nightjar.job.result.RunResult;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.FailedCategory;
import io.nightjar.report.QuarantinedFile;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TestMasks;
import io.nightjar.testing.TinyDataset;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Unreadable files among good ones are left out and reported; they never cost the other files'
 * work.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnreadableFilesTest {
  private SparkSession spark;
  private Path work;
  private Path carpet;

  @BeforeAll
  void start() {
    spark = Sparks.local(2);
  }

  @BeforeEach
  void generate(@TempDir Path directory) {
    work = directory;
    carpet = TinyDataset.generate(directory.resolve("data")).resolve("carpet");
  }

  @Test
  void aTruncatedNormalImageIsLeftOutOfTheBank() throws IOException {
    Path image = carpet.resolve("train/good/003.png");
    byte[] bytes = Files.readAllBytes(image);
    Files.write(image, Arrays.copyOf(bytes, bytes.length / 2));

    CategoryResult result = evaluateLeniently();

    assertThat(result.quarantined())
        .extracting(QuarantinedFile::path)
        .containsExactly("train/good/003.png");
    assertThat(result.trainImages()).isEqualTo(8);
    assertThat(result.bankRows()).isEqualTo(8 * 64);
  }

  @Test
  void anEmptyTestImageIsNotScored() throws IOException {
    int images = testImages();
    Files.write(carpet.resolve("test/good/000.png"), new byte[0]);

    CategoryResult result = evaluateLeniently();

    assertThat(result.quarantined()).hasSize(1);
    assertThat(result.quarantined().get(0).reason()).containsIgnoringCase("empty");
    assertThat(result.testImages()).isEqualTo(images - 1);
    assertThat(result.pixelAuprc().isPresent()).isTrue();
  }

  @Test
  void aDefectWithAnEmptyMaskIsNotScored() throws IOException {
    int images = testImages();
    Path mask = anyMask();
    TestMasks.writeEmpty(mask, 64, 64);

    CategoryResult result = evaluateLeniently();

    assertThat(result.quarantined()).hasSize(1);
    assertThat(result.quarantined().get(0).reason())
        .contains(mask.getFileName().toString(), "is empty");
    assertThat(result.testImages()).isEqualTo(images - 1);
  }

  @Test
  void aGoodImageWithAMaskIsReportedAndCountsAsGood() throws IOException {
    int images = testImages();
    Path mask = carpet.resolve("ground_truth/good/000_mask.png");
    Files.createDirectories(mask.getParent());
    Files.copy(anyMask(), mask);

    CategoryResult result = evaluateLeniently();

    assertThat(result.quarantined()).isEmpty();
    assertThat(result.testImages()).isEqualTo(images);
    assertThat(result.notes()).anyMatch(note -> note.contains("test/good/000.png"));
  }

  @Test
  void tooManyDefectiveFilesFailTheirCategoryAlone() throws IOException {
    Files.writeString(carpet.resolve("train/good/000.png"), "no image");

    RunResult result = evaluate(EvaluationOptions.builder());

    assertThat(result.complete()).isFalse();
    assertThat(result.report().failed()).hasSize(1);
    FailedCategory failed = result.report().failed().get(0);
    assertThat(failed.category()).isEqualTo("carpet");
    assertThat(failed.reason()).contains("train/good/000.png", "--max-quarantined");
    assertThat(result.report().categories())
        .extracting(CategoryResult::category)
        .containsExactly("bottle");
    assertThat(Files.readString(work.resolve("out/metrics.json"))).contains("\"failed\"");
  }

  @ParameterizedTest
  @EnumSource(PcaSolver.class)
  void aCategoryAllOfWhoseNormalImagesAreDamagedSaysWhichAndWhy(PcaSolver solver)
      throws IOException {
    for (int i = 0; i < 9; i++) {
      Path image = carpet.resolve(Text.format("train/good/%03d.png", i));
      byte[] bytes = Files.readAllBytes(image);
      Files.write(image, Arrays.copyOf(bytes, bytes.length / 2));
    }

    RunResult result =
        evaluate(
            TinyEvaluation.options()
                .maxQuarantined(1)
                .fit(TinyEvaluation.FIT.withPcaSolver(solver)));

    assertThat(result.report().failed()).hasSize(1);
    FailedCategory failed = result.report().failed().get(0);
    assertThat(failed.reason())
        .startsWith(
            "None of the 9 normal images of category carpet can be used, so there is nothing to learn"
                + " from. train/good/000.png: ")
        .contains("train/good/001.png: ", "train/good/002.png: ", "Mend them")
        .doesNotContain("003.png");
    assertThat(failed.quarantined()).hasSize(9);
  }

  private CategoryResult evaluateLeniently() {
    RunResult result = evaluate(List.of("carpet"), EvaluationOptions.builder().maxQuarantined(0.2));
    assertThat(result.complete()).isTrue();
    return result.report().categories().get(0);
  }

  private RunResult evaluate(EvaluationOptions.Builder options) {
    return evaluate(TinyDataset.CATEGORIES, options);
  }

  private RunResult evaluate(List<String> categories, EvaluationOptions.Builder options) {
    return new EvaluateDataset(spark)
        .data(carpet.getParent().toString())
        .categories(categories)
        .backbone(TinyDataset.backbone())
        .out(work.resolve("out").toString())
        .options(options.build())
        .execute();
  }

  private int testImages() throws IOException {
    return (int) count(carpet.resolve("test"), ".png");
  }

  private Path anyMask() throws IOException {
    try (Stream<Path> files = Files.walk(carpet.resolve("ground_truth"))) {
      return files
          .filter(file -> file.toString().endsWith("_mask.png"))
          .sorted()
          .findFirst()
          .orElseThrow();
    }
  }

  private static long count(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).count();
    }
  }
}
