package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.result.RunResult;
import io.nightjar.metric.result.Estimate;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.FailedCategory;
import io.nightjar.report.QuarantinedFile;
import io.nightjar.testing.MapFiles;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TestMasks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Maps and masks that cannot be used are reported by name; the others are measured. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnreadableMapsTest {
  private static final int GRID = 8;

  private SparkSession spark;
  private Path work;

  @BeforeAll
  void start(@TempDir Path directory) {
    spark = Sparks.local(2);
    work = directory;
  }

  @Test
  void eachIsReportedAndTheRestGoesOn() throws IOException {
    Path data = TinyDataset.generate(work.resolve("data"));
    Path maps = writeMaps(data, work.resolve("maps"));
    List<Path> carpet = defects(maps.resolve("carpet"));
    float[] values = ramp();
    values[9] = Float.NaN;
    Files.write(carpet.get(0), MapFiles.npy(values, GRID, GRID));
    byte[] whole = Files.readAllBytes(carpet.get(1));
    Files.write(carpet.get(1), Arrays.copyOf(whole, whole.length - 1));
    Files.delete(carpet.get(2));
    Files.write(Path.of(carpet.get(3).toString().replace(".npy", ".png")), new byte[] {1});
    String emptyMask = name(carpet.get(4));
    TestMasks.writeEmpty(
        data.resolve("carpet/ground_truth")
            .resolve(emptyMask.replace("test/", "").replace(".png", "_mask.png")),
        64,
        64);
    Files.write(
        maps.resolve("carpet/test/good/001.npy"),
        MapFiles.npy(1, "<f4", "False", "(2, 4, 8)", MapFiles.littleEndian(ramp())));
    TestMasks.writeEmpty(data.resolve("carpet/ground_truth/good/000_mask.png"), 64, 64);

    CategoryResult result =
        measure(data, maps, EvaluationOptions.builder().maxQuarantined(0.9))
            .report()
            .categories()
            .get(1);

    assertThat(result.category()).isEqualTo("carpet");
    assertReason(result, name(carpet.get(0)), "NaN");
    assertReason(result, name(carpet.get(1)), "truncated");
    assertReason(result, name(carpet.get(2)), "no anomaly map");
    assertReason(result, name(carpet.get(3)), "2 anomaly maps");
    assertReason(result, emptyMask, "is empty");
    assertReason(result, "test/good/001.png", "shape");
    assertThat(result.quarantined()).hasSize(6);
    assertThat(result.testImages()).isEqualTo(1);
    assertThat(result.notes()).anyMatch(note -> note.contains("test/good/000.png"));
    assertThat(result.metrics().pixel().auprc()).isInstanceOf(Estimate.Undefined.class);
    assertThat(result.metrics().imageAuroc()).isInstanceOf(Estimate.Undefined.class);
  }

  @Test
  void tooManyFailTheirCategoryAlone() throws IOException {
    Path data = TinyDataset.generate(work.resolve("other-data"));
    Path maps = writeMaps(data, work.resolve("other-maps"));
    Files.delete(defects(maps.resolve("carpet")).get(0));

    RunResult result = measure(data, maps, EvaluationOptions.builder());

    assertThat(result.complete()).isFalse();
    FailedCategory failed = result.report().failed().get(0);
    assertThat(failed.category()).isEqualTo("carpet");
    assertThat(failed.reason()).contains("no anomaly map", "--max-quarantined");
    assertThat(result.report().categories())
        .extracting(CategoryResult::category)
        .containsExactly("bottle");
  }

  private RunResult measure(Path data, Path maps, EvaluationOptions.Builder options) {
    return new MeasureMaps(spark)
        .maps(maps.toString())
        .data(data.toString())
        .out(work.resolve("out-" + data.getFileName()).toString())
        .options(options.build().measure())
        .options(options.build().run())
        .execute();
  }

  private static void assertReason(CategoryResult result, String path, String word) {
    assertThat(result.quarantined())
        .filteredOn(file -> file.path().equals(path))
        .extracting(QuarantinedFile::reason)
        .hasSize(1)
        .allMatch(reason -> reason.contains(word));
  }

  /** "test/cut/000.png" for the map of that image. */
  private static String name(Path map) {
    Path test = map.getParent().getParent();
    return "test/" + test.relativize(map).toString().replace(".npy", ".png");
  }

  private static List<Path> defects(Path category) throws IOException {
    try (Stream<Path> files = Files.walk(category)) {
      return files
          .filter(file -> file.toString().endsWith(".npy") && !file.getParent().endsWith("good"))
          .sorted()
          .toList();
    }
  }

  private static Path writeMaps(Path data, Path maps) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      for (Path image : files.filter(file -> file.toString().contains("/test/")).toList()) {
        if (Files.isRegularFile(image)) {
          Path map =
              Path.of(maps.resolve(data.relativize(image)).toString().replace(".png", ".npy"));
          Files.createDirectories(map.getParent());
          Files.write(map, MapFiles.npy(ramp(), GRID, GRID));
        }
      }
    }
    return maps;
  }

  private static float[] ramp() {
    float[] values = new float[GRID * GRID];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return values;
  }
}
