package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.dataset.image.TestImages;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.EmbedOptions;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.result.RunResult;
import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.report.CategoryResult;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Images of 12 bits in 16-bit files give the figures of the same images of 8 bits. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WhiteLevelsTest {
  private SparkSession spark;
  private Path work;
  private Path twelve;
  private List<CategoryMetrics> eightBits;

  @BeforeAll
  void evaluateOnce(@TempDir Path directory) throws IOException {
    spark = Sparks.local(2);
    work = directory;
    Path eight = TinyDataset.generate(work.resolve("eight"));
    eightBits = metrics(evaluate(eight, "eight-out", EvaluationOptions.builder()));
    twelve = TinyDataset.generate(work.resolve("twelve"));
    try (Stream<Path> files = Files.walk(twelve)) {
      files
          .filter(file -> file.toString().endsWith(".png"))
          .filter(file -> !file.toString().contains("ground_truth"))
          .forEach(WhiteLevelsTest::storeIn12Bits);
    }
  }

  @Test
  void autoTakesTheWhiteOf12Bits() throws IOException {
    RunResult result = evaluate(twelve, "auto-out", EvaluationOptions.builder());

    assertThat(metrics(result)).isEqualTo(eightBits);
    assertThat(result.report().categories())
        .allSatisfy(
            category ->
                assertThat(category.notes())
                    .anyMatch(
                        note -> note.startsWith("4095 is white in images of more than 8 bits")));
    assertThat(Files.readString(work.resolve("auto-out/run.json")))
        .contains("\"white_level\" : \"auto\"");
  }

  @Test
  void theDepthsOwnWhiteLeavesFewLevels() {
    RunResult result = evaluate(twelve, "full-out", EvaluationOptions.builder().whiteLevel(65535));

    assertThat(metrics(result)).isNotEqualTo(eightBits);
  }

  @Test
  void banksKeepTheLevelThatTheyWereBuiltWith() {
    String banks = work.resolve("banks").toString();
    assertThat(
            new BuildBanks(spark)
                .data(twelve.toString())
                .backbone(TinyDataset.backbone())
                .banks(banks)
                .execute()
                .built())
        .allSatisfy(built -> assertThat(built.manifest().whiteLevel()).hasValue(4095));

    RunResult result =
        new EvaluateDataset(spark)
            .data(twelve.toString())
            .bank(banks)
            .backbone(TinyDataset.backbone())
            .out(work.resolve("banks-out").toString())
            .execute();
    assertThat(metrics(result)).isEqualTo(eightBits);

    EmbedOptions other = EmbedOptions.DEFAULT.withWhiteLevel(1023);
    Path out = work.resolve("refused-out");
    Supplier<BackboneModel> unused =
        () -> {
          throw new AssertionError("No work is done");
        };
    assertRefused(
        new EvaluateDataset(spark)
            .data(twelve.toString())
            .bank(banks)
            .backbone(unused)
            .options(other)
            .out(out.toString()));
    assertRefused(
        new ScoreImages(spark)
            .data(twelve.toString())
            .bank(banks)
            .backbone(unused)
            .options(other)
            .out(out.toString()));
    assertRefused(
        new UpdateBanks(spark)
            .data(twelve.toString())
            .banks(banks)
            .guard(OptionalDouble.empty())
            .backbone(unused)
            .options(other));
    assertThat(out).doesNotExist();
  }

  private static void assertRefused(SparkAction<?, ?> action) {
    assertThatThrownBy(action::execute)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("was built with --white-level 4095, and 1023 is asked for");
  }

  private RunResult evaluate(Path data, String out, EvaluationOptions.Builder options) {
    return new EvaluateDataset(spark)
        .data(data.toString())
        .backbone(TinyDataset.backbone())
        .out(work.resolve(out).toString())
        .options(options.build())
        .execute();
  }

  private static List<CategoryMetrics> metrics(RunResult result) {
    return result.report().categories().stream().map(CategoryResult::metrics).toList();
  }

  /** Each sample v as round(v * 4095 / 255), which 4095 as white maps back to v. */
  private static void storeIn12Bits(Path file) {
    try {
      BufferedImage image = ImageIO.read(file.toFile());
      int width = image.getWidth();
      ByteBuffer rows = ByteBuffer.allocate(image.getHeight() * (1 + 6 * width));
      for (int y = 0; y < image.getHeight(); y++) {
        rows.put((byte) 0);
        for (int x = 0; x < width; x++) {
          int rgb = image.getRGB(x, y);
          for (int shift = 16; shift >= 0; shift -= 8) {
            rows.putShort((short) Math.round((rgb >> shift & 0xff) * 4095 / 255.0));
          }
        }
      }
      Files.write(
          file, TestImages.png(width, image.getHeight(), 16, 2, false, new byte[0], rows.array()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
