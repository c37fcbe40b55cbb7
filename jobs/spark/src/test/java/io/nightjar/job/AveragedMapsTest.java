package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.MeasureOptions;
import io.nightjar.job.options.RunOptions;
import io.nightjar.job.result.RunResult;
import io.nightjar.report.CategoryResult;
import io.nightjar.testing.MapFiles;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The maps of several methods are measured as the mean that is computed of them here. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AveragedMapsTest {
  private static final int SIDE = 20;

  private final Map<String, float[]> first = new TreeMap<>();
  private final Map<String, float[]> second = new TreeMap<>();
  private SparkSession spark;
  private Path work;
  private Path data;
  private Path a;
  private Path b;

  @BeforeAll
  void draw(@TempDir Path directory) throws IOException {
    spark = Sparks.local(2);
    work = directory;
    data = TinyDataset.generate(directory.resolve("data"));
    Random random = new Random(5);
    try (Stream<Path> images = Files.walk(data.resolve("bottle/test"))) {
      for (Path image : images.filter(Files::isRegularFile).sorted().toList()) {
        String name = data.relativize(image).toString().replace(".png", "");
        first.put(name, scores(random, 1));
        second.put(name, scores(random, 300));
      }
    }
    a = write("a", first);
    b = write("b", second);
  }

  private static float[] scores(Random random, double unit) {
    float[] scores = new float[SIDE * SIDE];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) (unit * Math.exp(random.nextGaussian()));
    }
    return scores;
  }

  private Path write(String name, Map<String, float[]> maps) {
    Path folder = work.resolve(name);
    maps.forEach(
        (image, scores) -> {
          try {
            Path file = folder.resolve(image + ".npy");
            Files.createDirectories(file.getParent());
            Files.write(file, MapFiles.npy(scores, SIDE, SIDE));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return folder;
  }

  private MeasureMaps action(String out, Path... maps) {
    return new MeasureMaps(spark)
        .maps(Arrays.stream(maps).map(Path::toString).toList())
        .data(data.toString())
        .categories(List.of("bottle"))
        .options(MeasureOptions.DEFAULT.withExactMetrics(true))
        .out(work.resolve(out).toString());
  }

  private static double scale(Map<String, float[]> maps, double quantile) {
    double[] ofImages =
        maps.entrySet().stream()
            .filter(map -> map.getKey().contains("/good/"))
            .mapToDouble(
                map -> {
                  float[] sorted = map.getValue().clone();
                  Arrays.sort(sorted);
                  double at = quantile * (sorted.length - 1);
                  int below = (int) Math.floor(at);
                  double above = sorted[Math.min(below + 1, sorted.length - 1)];
                  return sorted[below] + (at - below) * (above - sorted[below]);
                })
            .sorted()
            .toArray();
    int count = ofImages.length;
    return (ofImages[(count - 1) / 2] + ofImages[count / 2]) / 2;
  }

  /** The mean of both, each divided by its scale. */
  private Map<String, float[]> mean(double quantile) {
    double ofFirst = scale(first, quantile);
    double ofSecond = scale(second, quantile);
    Map<String, float[]> mean = new TreeMap<>();
    first.forEach(
        (image, scores) -> {
          float[] both = new float[scores.length];
          for (int i = 0; i < both.length; i++) {
            both[i] = (float) ((scores[i] / ofFirst + second.get(image)[i] / ofSecond) / 2);
          }
          mean.put(image, both);
        });
    return mean;
  }

  private static CategoryResult category(RunResult result) {
    return result.report().categories().get(0);
  }

  @Test
  void theFiguresAreThoseOfTheMean() throws IOException {
    CategoryResult averaged = category(action("averaged", a, b).execute());
    CategoryResult expected = category(action("expected", write("mean", mean(0.99))).execute());

    assertThat(averaged.metrics()).isEqualTo(expected.metrics());
    assertThat(averaged.notes())
        .anyMatch(
            note ->
                note.startsWith("The maps of 2 methods are averaged, each divided by the median"));
    assertThat(work.resolve("averaged/run.json"))
        .content()
        .contains("\"roots\" : [", "\"scale_quantile\" : 0.99");
  }

  @Test
  void theQuantileIsAnOption() {
    CategoryResult averaged =
        category(action("median", a, b).scaleQuantile(0.5).visualizations(1).execute());
    CategoryResult expected =
        category(action("expected-median", write("mean-median", mean(0.5))).execute());

    assertThat(averaged.metrics()).isEqualTo(expected.metrics());
    assertThat(work.resolve("median/pictures/bottle")).isDirectory();
    assertThatThrownBy(() -> action("never", a, b).scaleQuantile(0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--scale-quantile is 0.0");
  }

  @Test
  void anImageThatOneMethodHasNoMapOfIsLeftOut() throws IOException {
    Map<String, float[]> fewer = new TreeMap<>(second);
    String missing = fewer.keySet().stream().filter(n -> !n.contains("good")).findFirst().get();
    fewer.remove(missing);

    RunResult result =
        action("fewer", a, write("fewer-maps", fewer))
            .options(RunOptions.DEFAULT.withMaxQuarantined(0.5))
            .execute();

    assertThat(category(result).testImages()).isEqualTo(second.size() - 1);
    assertThat(category(result).quarantined())
        .singleElement()
        .satisfies(
            left -> {
              assertThat(left.path()).isEqualTo(missing.replace("bottle/", "") + ".png");
              assertThat(left.reason()).contains("fewer-maps");
            });
  }

  @Test
  void scoresThatCannotBeScaledFailTheCategory() {
    Map<String, float[]> negative = new TreeMap<>();
    second.forEach((image, scores) -> negative.put(image, new float[SIDE * SIDE]));

    RunResult result = action("zero", a, write("zeros", negative)).execute();

    assertThat(result.complete()).isFalse();
    assertThat(result.report().failed().get(0).reason())
        .contains("zeros cannot be averaged with others", "is 0.0, and must be above 0");
  }

  /** The maps of images that no test set holds, in units of their method. */
  private Map<String, float[]> normal(double unit) {
    Random random = new Random(9);
    Map<String, float[]> maps = new TreeMap<>();
    for (int i = 0; i < 4; i++) {
      maps.put("bottle/train/good/" + i, scores(random, unit));
    }
    return maps;
  }

  /** What one image's map has its quantile of. */
  private static double median(Map<String, float[]> maps) {
    Map<String, float[]> renamed = new TreeMap<>();
    maps.forEach((name, scores) -> renamed.put(name + "/good/", scores));
    return scale(renamed, 0.99);
  }

  private Map<String, float[]> meanOf(double ofFirst, double ofSecond) {
    Map<String, float[]> mean = new TreeMap<>();
    first.forEach(
        (image, scores) -> {
          float[] both = new float[scores.length];
          for (int i = 0; i < both.length; i++) {
            both[i] = (float) ((scores[i] / ofFirst + second.get(image)[i] / ofSecond) / 2);
          }
          mean.put(image, both);
        });
    return mean;
  }

  @Test
  void scalesMayComeFromMapsOfOtherNormalImages() throws IOException {
    Map<String, float[]> ofFirst = normal(2);
    Map<String, float[]> ofSecond = normal(70);
    Map<String, float[]> left = new TreeMap<>(first);
    left.putAll(ofFirst);
    Map<String, float[]> right = new TreeMap<>(second);
    right.putAll(ofSecond);
    Path c = write("c", left);
    Path d = write("d", right);

    CategoryResult averaged = category(action("normal", c, d).normalMaps("train/good").execute());

    CategoryResult expected =
        category(
            action(
                    "expected-normal",
                    write("mean-normal", meanOf(median(ofFirst), median(ofSecond))))
                .execute());
    assertThat(averaged.metrics()).isEqualTo(expected.metrics());
    assertThat(averaged.notes())
        .anyMatch(note -> note.contains("each divided by the median over 4 normal images of the"));
    assertThat(work.resolve("normal/run.json"))
        .content()
        .contains("\"normal_maps\" : \"train/good\"", "\"scale_quantile\" : 0.99");

    ofSecond.get("bottle/train/good/2")[7] = Float.NaN;
    right.putAll(ofSecond);
    RunResult broken = action("nan", c, write("e", right)).normalMaps("train/good").execute();
    assertThat(broken.report().failed().get(0).reason())
        .contains("e/bottle/train/good/2.npy", "NaN");
    assertThatThrownBy(() -> action("none", a, d).normalMaps("train/good").execute())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a/bottle/train/good");
  }

  @Test
  void scalesMayBeGiven() throws IOException {
    CategoryResult averaged = category(action("given", a, b).scales(List.of(0.5, 32.0)).execute());
    CategoryResult expected =
        category(action("expected-given", write("mean-given", meanOf(0.5, 32))).execute());

    assertThat(averaged.metrics()).isEqualTo(expected.metrics());
    assertThat(work.resolve("given/run.json")).content().contains("\"scales\" : [");
    assertThatThrownBy(() -> action("never", a, b).scales(List.of(1.0)).execute())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("has 1 number, but --maps names 2 folders");
    assertThatThrownBy(() -> action("never", a, b).scales(List.of(1.0, -1.0)).execute())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("-1.0; every number must be above 0");
    assertThatThrownBy(
            () -> action("never", a, b).scales(List.of(1.0, 2.0)).normalMaps("n").execute())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("leave one out");
  }

  @Test
  void aFolderGivenTwiceIsRefused() {
    assertThatThrownBy(() -> action("twice", a, a).execute())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is given twice");
    Path otherwise = a.resolve("..").resolve(a.getFileName());
    assertThatThrownBy(() -> action("twice", a, otherwise).execute())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is given twice");
  }
}
