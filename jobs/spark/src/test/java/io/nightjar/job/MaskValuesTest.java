package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.MaskValues;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.MeasureOptions;
import io.nightjar.job.result.RunResult;
import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.report.CategoryResult;
import io.nightjar.testing.EvaluatedMaps;
import io.nightjar.testing.MapFiles;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Masks of other values give the figures of masks of 0 and 255, and the run says how it read them.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MaskValuesTest {
  private SparkSession spark;
  private Path work;
  private List<CategoryMetrics> expected;

  @BeforeAll
  void evaluateOnce(@TempDir Path directory) {
    spark = Sparks.local(2);
    work = directory;
    RunResult result =
        evaluate(TinyDataset.generate(work.resolve("plain")), "plain-out", MaskValues.AUTO);
    expected = metrics(result);
    assertThat(result.report().categories()).allSatisfy(c -> assertThat(ofMasks(c)).isEmpty());
  }

  @Test
  void masksOf0And1AreMeasuredAlike() throws IOException {
    Path data = rewritten("ones", BufferedImage.TYPE_BYTE_GRAY, 1);
    RunResult result = evaluate(data, "ones-out", MaskValues.AUTO);

    assertThat(metrics(result)).isEqualTo(expected);
    assertThat(result.report().categories())
        .allSatisfy(
            category ->
                assertThat(ofMasks(category))
                    .containsExactly(
                        "Every value but 0 of the masks marks a defect (--mask-values auto found 1 (8 bits, grey) as the brightest value)."));
    assertThat(metrics(evaluate(data, "ones-nonzero-out", MaskValues.NONZERO))).isEqualTo(expected);
  }

  @Test
  void theValuesAreInTheRecordOfTheRun() throws IOException {
    evaluate(
        rewritten("sixteen", BufferedImage.TYPE_USHORT_GRAY, 255),
        "sixteen-out",
        MaskValues.NONZERO);

    assertThat(Files.readString(work.resolve("sixteen-out/run.json")))
        .contains("\"mask_values\" : \"nonzero\"");
  }

  @Test
  void mapsAreMeasuredAlike() throws IOException {
    Path data = rewritten("classes", BufferedImage.TYPE_BYTE_GRAY, 3);
    Path maps = work.resolve("classes-maps");
    EvaluatedMaps.write(
        EvaluatedMaps.read(spark, work.resolve("plain-out")), maps, ".npy", MapFiles::npy);

    RunResult result =
        new MeasureMaps(spark)
            .maps(maps.toString())
            .data(data.toString())
            .out(work.resolve("classes-out").toString())
            .options(MeasureOptions.DEFAULT)
            .execute();

    assertThat(metrics(result)).isEqualTo(expected);
    assertThat(result.report().categories())
        .allSatisfy(category -> assertThat(ofMasks(category)).hasSize(1));
  }

  private RunResult evaluate(Path data, String out, MaskValues values) {
    return new EvaluateDataset(spark)
        .data(data.toString())
        .backbone(TinyDataset.backbone())
        .out(work.resolve(out).toString())
        .options(EvaluationOptions.builder().maskValues(values).build())
        .execute();
  }

  private static List<String> ofMasks(CategoryResult category) {
    return category.notes().stream().filter(note -> note.contains("mask")).toList();
  }

  private static List<CategoryMetrics> metrics(RunResult result) {
    return result.report().categories().stream().map(CategoryResult::metrics).toList();
  }

  /** The data set with masks of 0 and another value. */
  private Path rewritten(String name, int type, int value) throws IOException {
    Path data = TinyDataset.generate(work.resolve(name));
    try (Stream<Path> files = Files.walk(data)) {
      files
          .filter(file -> file.toString().endsWith("_mask.png"))
          .forEach(file -> rewrite(file, type, value));
    }
    return data;
  }

  private static void rewrite(Path file, int type, int value) {
    try {
      BufferedImage mask = ImageIO.read(file.toFile());
      BufferedImage other = new BufferedImage(mask.getWidth(), mask.getHeight(), type);
      for (int y = 0; y < mask.getHeight(); y++) {
        for (int x = 0; x < mask.getWidth(); x++) {
          other
              .getRaster()
              .setSample(x, y, 0, mask.getRaster().getSample(x, y, 0) == 0 ? 0 : value);
        }
      }
      ImageIO.write(other, "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
