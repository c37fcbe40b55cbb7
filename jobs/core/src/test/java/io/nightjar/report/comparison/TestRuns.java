package io.nightjar.report.comparison;

import io.nightjar.io.Sha256;
import io.nightjar.metric.CategoryCounts;
import io.nightjar.metric.CategoryMetricsTest;
import io.nightjar.metric.CoarseBins;
import io.nightjar.metric.CountedSample;
import io.nightjar.metric.ImageCounts;
import io.nightjar.metric.LabelledImage;
import io.nightjar.metric.SaturatedImage;
import io.nightjar.metric.sample.CategorySample;
import io.nightjar.metric.sample.SampleImage;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.FailedCategory;
import io.nightjar.report.QuarantinedFile;
import io.nightjar.report.RunInfo;
import io.nightjar.report.published.Comparison;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;

/** Writes small finished runs of drawn images, measured as an evaluation measures them. */
public final class TestRuns {
  public static final Configuration CONFIGURATION = new Configuration();

  private final Path folder;
  private final Map<String, Object> details = new LinkedHashMap<>();
  private final List<CategoryResult> categories = new ArrayList<>();
  private final List<FailedCategory> failed = new ArrayList<>();
  private final List<CategorySample> samples = new ArrayList<>();
  private int trainImages = 20;

  private TestRuns(Path folder, String started) {
    this.folder = folder;
    details.put("started", started);
    details.put(RunInfo.WALL_SECONDS, 60.0);
    details.put("options", new LinkedHashMap<>(Map.of("variance", 0.95)));
  }

  public static TestRuns in(Path folder, String started) {
    return new TestRuns(folder, started);
  }

  /** Of how many normal images the banks of the categories that follow are. */
  public TestRuns trainedOn(int images) {
    trainImages = images;
    return this;
  }

  /** Good and defective images of noise; the same seed draws the same images. */
  public static List<LabelledImage> images(long seed, int each) {
    Random random = new Random(seed);
    List<LabelledImage> images = new ArrayList<>();
    for (int i = 0; i < each; i++) {
      images.add(LabelledImage.random(random, Text.format("test/good/%03d", i), "good", 20, 0));
      images.add(LabelledImage.random(random, Text.format("test/cut/%03d", i), "cut", 20, 0));
    }
    return images;
  }

  /** The images with other scores: each defective pixel lower by a factor, and noise on all. */
  public static List<LabelledImage> rescored(
      List<LabelledImage> images, double factor, double noise, long seed) {
    Random random = new Random(seed);
    List<LabelledImage> rescored = new ArrayList<>();
    for (LabelledImage image : images) {
      float[][] scores = new float[image.scores().length][];
      for (int y = 0; y < scores.length; y++) {
        scores[y] = image.scores()[y].clone();
        for (int x = 0; x < scores[y].length; x++) {
          double change = Math.exp(noise * random.nextGaussian());
          scores[y][x] *= (float) (change * (image.truth()[y][x] ? factor : 1));
        }
      }
      rescored.add(new LabelledImage(image.path(), image.defect(), scores, image.truth()));
    }
    return rescored;
  }

  public TestRuns category(String name, List<LabelledImage> images, QuarantinedFile... left) {
    CategoryCounts counts = CategoryMetricsTest.counts(images);
    CoarseBins bins = counts.coarseBins();
    return category(
        name, images, counts, bins, images.stream().map(image -> image.count(bins)).toList(), left);
  }

  /** A category whose defects have saturation areas. */
  public TestRuns saturated(String name, List<SaturatedImage> images) {
    CategoryCounts counts = SaturatedImage.counts(images);
    CoarseBins bins = counts.coarseBins();
    return category(
        name,
        images.stream().map(SaturatedImage::image).toList(),
        counts,
        bins,
        images.stream().map(image -> image.count(bins)).toList());
  }

  /** Writes the run as programs did before samples had defects. */
  public String writeWithoutDefects() throws IOException {
    samples.replaceAll(
        sample ->
            new CategorySample(
                sample.category(),
                sample.resolution(),
                sample.edges(),
                sample.exact(),
                sample.images().stream().map(TestRuns::withoutDefects).toList()));
    return write();
  }

  private static SampleImage withoutDefects(SampleImage image) {
    return new SampleImage(
        image.path(),
        image.defect(),
        image.defective(),
        image.item(),
        image.hasTruth(),
        image.score(),
        image.hashes(),
        image.negatives(),
        image.regions(),
        List.of());
  }

  private TestRuns category(
      String name,
      List<LabelledImage> images,
      CategoryCounts counts,
      CoarseBins bins,
      List<ImageCounts> counted,
      QuarantinedFile... left) {
    categories.add(
        new CategoryResult(
            name,
            trainImages,
            images.size(),
            List.of(left),
            10,
            1000,
            counts.complete(counted),
            "original",
            12,
            new LinkedHashMap<>(Map.of("score", 8.0, "measure", 4.0)),
            List.of()));
    Map<String, LabelledImage> byPath = new LinkedHashMap<>();
    images.forEach(image -> byPath.put(image.path(), image));
    samples.add(
        CountedSample.of(counts, ImageScoreKind.MAX, bins, counted)
            .of(name, "original")
            .withHashes(image -> hashes(name, byPath.get(image.path()))));
    return this;
  }

  private static SampleImage.Hashes hashes(String category, LabelledImage image) {
    return new SampleImage.Hashes(
        hash(category + image.path()),
        image.defective() ? hash(Arrays.deepToString(image.truth())) : "",
        hash(Arrays.deepToString(image.scores())));
  }

  private static String hash(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  public TestRuns failed(String name, String reason) {
    failed.add(new FailedCategory(name, reason, List.of()));
    return this;
  }

  public TestRuns detail(String name, Object value) {
    details.put(name, value);
    return this;
  }

  /** Writes the run, with its samples. */
  public String write() throws IOException {
    for (CategorySample sample : samples) {
      new ReportFiles(folder.toString(), CONFIGURATION).writeSample(sample);
    }
    return writeWithoutSamples();
  }

  /** Writes the run as programs before there were samples did. */
  public String writeWithoutSamples() throws IOException {
    new ReportFiles(folder.toString(), CONFIGURATION)
        .write(
            new EvaluationReport(new RunInfo("Test", List.of(), details), categories, failed),
            Comparison.none("drawn images"),
            List.of());
    return folder.toString();
  }
}
