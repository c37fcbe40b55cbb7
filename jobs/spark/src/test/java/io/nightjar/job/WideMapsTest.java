package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.dataset.image.TestImages;
import io.nightjar.job.options.MeasureOptions;
import io.nightjar.report.CategoryResult;
import io.nightjar.testing.MapFiles;
import io.nightjar.testing.Sparks;
import io.nightjar.text.Text;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Maps of float64 are measured in the order of their scores, or it is reported what was lost. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WideMapsTest {
  private static final int WIDTH = 40;
  private static final int HEIGHT = 30;

  private record Pixel(double score, boolean positive) {}

  private final List<Pixel> pixels = new ArrayList<>();
  private int different;
  private int differentFloats;
  private SparkSession spark;
  private Path work;

  @BeforeAll
  void start(@TempDir Path directory) {
    spark = Sparks.local(2);
    work = directory;
  }

  @Test
  void probabilitiesThatSaturateNearOneKeepTheirOrder() throws IOException {
    // Within 1e-8 of 1 there is no other float32 number.
    CategoryResult result = measure("saturated", u -> 1 - 1e-8 * (1 - u));

    assertThat(result.metrics().pixel().auprc().getAsDouble())
        .isCloseTo(averagePrecision(), within(1e-6));
    assertThat(result.metrics().pixel().auroc().getAsDouble()).isCloseTo(auroc(), within(1e-6));
    assertThat(result.metrics().imageAuroc().getAsDouble()).isEqualTo(1);
    assertThat(result.notes()).anyMatch(note -> note.contains("they were measured as score - "));
  }

  @Test
  void scoresThatFallTogetherAreCountedAndNotCalledExact() throws IOException {
    // Half of the scores differ by less than float32 can, wherever they are counted from.
    CategoryResult result =
        measure("two-ends", u -> u < 0.25 ? 1e-12 * u : u < 0.75 ? 0.5 + 1e-12 * u : 1 - 1e-12 * u);

    assertThat(result.metrics().exact()).isFalse();
    assertThat(result.notes())
        .containsExactly(
            Text.format(
                "Scores of float64 were rounded to float32: %d of %d different scores fell together.",
                different - differentFloats, different));
    assertThat(different - differentFloats).isGreaterThan(different / 4);
  }

  @Test
  void doublesThatAreFloatsAreExact() throws IOException {
    CategoryResult result = measure("floats", u -> (float) u);

    assertThat(result.metrics().exact()).isTrue();
    assertThat(result.metrics().pixel().auprc().getAsDouble())
        .isCloseTo(averagePrecision(), within(1e-12));
    assertThat(result.notes()).isEmpty();
  }

  /** One good and one defective image of random scores, higher where there is a defect. */
  private CategoryResult measure(String name, DoubleUnaryOperator score) throws IOException {
    pixels.clear();
    different = 0;
    differentFloats = 0;
    Path data = work.resolve(name).resolve("data/widget");
    Path maps = work.resolve(name).resolve("maps/widget");
    BufferedImage mask = TestImages.bits(WIDTH, HEIGHT, WIDTH - 5);
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    TestImages.write(data.resolve("train/good/000.png"), TestImages.encode(image, "png"));
    TestImages.write(data.resolve("test/good/000.png"), TestImages.encode(image, "png"));
    TestImages.write(data.resolve("test/cut/000.png"), TestImages.encode(image, "png"));
    TestImages.write(data.resolve("ground_truth/cut/000_mask.png"), TestImages.encode(mask, "png"));
    TestImages.write(maps.resolve("test/good/000.npy"), map(score, WIDTH, 1));
    TestImages.write(maps.resolve("test/cut/000.npy"), map(score, WIDTH - 5, 2));
    return new MeasureMaps(spark)
        .maps(maps.getParent().toString())
        .data(data.getParent().toString())
        .out(work.resolve(name).resolve("out").toString())
        .options(MeasureOptions.DEFAULT.withExactMetrics(true))
        .execute()
        .report()
        .categories()
        .get(0);
  }

  private byte[] map(DoubleUnaryOperator score, int firstPositive, int seed) {
    Random random = new Random(seed);
    Set<Double> wide = new HashSet<>();
    Set<Float> narrow = new HashSet<>();
    ByteBuffer doubles = ByteBuffer.allocate(8 * WIDTH * HEIGHT).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      boolean positive = i % WIDTH >= firstPositive;
      double value = score.applyAsDouble((random.nextDouble() + (positive ? 1.5 : 0)) / 2.5);
      doubles.putDouble(value);
      pixels.add(new Pixel(value, positive));
      wide.add(value);
      narrow.add((float) value);
    }
    different += wide.size();
    differentFloats += narrow.size();
    return MapFiles.npy(1, "<f8", "False", "(30, 40)", doubles.array());
  }

  private double averagePrecision() {
    List<Pixel> sorted =
        pixels.stream().sorted(Comparator.comparingDouble(Pixel::score).reversed()).toList();
    long positives = pixels.stream().filter(Pixel::positive).count();
    double sum = 0;
    long found = 0;
    for (int i = 0; i < sorted.size(); i++) {
      if (sorted.get(i).positive) {
        found++;
        sum += (double) found / (i + 1);
      }
    }
    return sum / positives;
  }

  private double auroc() {
    double higher = 0;
    long pairs = 0;
    for (Pixel positive : pixels) {
      for (Pixel negative : pixels) {
        if (positive.positive && !negative.positive) {
          pairs++;
          higher +=
              positive.score > negative.score ? 1 : positive.score == negative.score ? 0.5 : 0;
        }
      }
    }
    return higher / pairs;
  }
}
