package io.nightjar.benchmark.step;

import io.nightjar.backbone.spec.Size;
import io.nightjar.bank.exact.ExactSearch;
import io.nightjar.benchmark.baseline.SortedAveragePrecision;
import io.nightjar.benchmark.harness.BenchmarkContext;
import io.nightjar.benchmark.harness.BenchmarkStep;
import io.nightjar.benchmark.harness.Candidate;
import io.nightjar.benchmark.harness.Check;
import io.nightjar.benchmark.harness.Measurement;
import io.nightjar.benchmark.harness.Quantity;
import io.nightjar.benchmark.harness.Sample;
import io.nightjar.benchmark.harness.StepBenchmark;
import io.nightjar.benchmark.harness.StepComparison;
import io.nightjar.benchmark.harness.StepResult;
import io.nightjar.dataset.GroundTruth;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Mask;
import io.nightjar.dataset.MaskValues;
import io.nightjar.dataset.decode.Dimensions;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.metric.CategoryCounts;
import io.nightjar.metric.ImageFeed;
import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.metric.result.Estimate;
import io.nightjar.metric.result.PixelMetrics;
import io.nightjar.metric.threshold.ScoreHistogram;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.Upsampling;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Upsampling and the pixels' AUPRC and AUROC on one core, next to the same upsampling and AUPRC
 * alone by sorting; then upsampling and every metric of the first pass.
 */
public final class MetricsStep implements StepBenchmark {
  /** Of sums in another order. */
  private static final double ROUNDING = 1e-9;

  private record ScoredImage(ImageRef image, AnomalyMap map, Mask mask) {}

  @Override
  public StepResult run(BenchmarkContext context) {
    List<ScoredImage> images = scored(context.sample());
    long pixels = images.stream().mapToLong(i -> (long) i.mask().width() * i.mask().height()).sum();
    Map<Quantity, Double> work = Map.of(Quantity.PIXELS, (double) pixels);
    Candidate<PixelMetrics> ours =
        Candidate.ours(
            "upsampling, AUPRC and AUROC alone", 1, work, () -> histogram(images).metrics());
    Candidate<OptionalDouble> sorted =
        Candidate.baseline(
            "upsampling, AUPRC alone, by sorting",
            1,
            work,
            () -> sorted(images, Math.toIntExact(pixels)));
    Candidate<CategoryMetrics> all =
        Candidate.ours(
            "upsampling, AUPRO, F1 and all others too", 1, work, () -> count(images).metrics());
    List<Measurement> measurements = StepComparison.run(context.options(), ours, sorted, all);
    return new StepResult(
        BenchmarkStep.METRICS,
        measurements,
        List.of(
            check("AUPRC by sorting", ours.result().auprc(), sorted.result()),
            check("AUPRC among all metrics", all.result().pixel().auprc(), sorted.result())),
        Map.of("images", images.size(), "pixels", pixels));
  }

  private static List<ScoredImage> scored(Sample sample) {
    Size grid = sample.backbone().spec().grid();
    int patches = sample.backbone().spec().patches();
    float[] distances;
    try (ExactSearch search = new ExactSearch(sample.bank())) {
      distances = search.meanDistances(sample.queries(), sample.queryCount(), 1);
    }
    List<ScoredImage> scored = new ArrayList<>();
    for (int i = 0; i < sample.test().size(); i++) {
      if (!sample.test().get(i).ref().hasPixelTruth()) {
        continue; // its pixels belong to no label
      }
      float[] values = Arrays.copyOfRange(distances, i * patches, (i + 1) * patches);
      scored.add(
          new ScoredImage(
              sample.test().get(i).ref(),
              new AnomalyMap(values, grid.width(), grid.height()),
              mask(sample, sample.test().get(i))));
    }
    return scored;
  }

  private static Mask mask(Sample sample, Sample.Encoded image) {
    RgbImage decoded = sample.decoded(image);
    try {
      return GroundTruth.of(
              image.ref(),
              new Dimensions(decoded.width(), decoded.height()),
              MaskValues.AUTO,
              sample.configuration())
          .mask();
    } catch (UnreadableFileException e) {
      throw Sample.unusable(e);
    }
  }

  private static CategoryCounts count(List<ScoredImage> images) {
    CategoryCounts counts = new CategoryCounts();
    for (ScoredImage scored : images) {
      ImageRef image = scored.image();
      ImageFeed feed =
          counts.image(image.relativePath(), image.defect(), image.isDefective(), scored.mask());
      Upsampling.rows(scored.map(), scored.mask().width(), scored.mask().height(), feed);
      feed.end();
    }
    return counts;
  }

  private static ScoreHistogram histogram(List<ScoredImage> images) {
    ScoreHistogram histogram = new ScoreHistogram();
    for (ScoredImage scored : images) {
      Mask mask = scored.mask();
      boolean[] truth = new boolean[mask.width()];
      Upsampling.rows(
          scored.map(),
          mask.width(),
          mask.height(),
          (y, row) -> {
            mask.row(y, truth);
            histogram.addRow(row, truth, mask.width());
          });
    }
    return histogram;
  }

  private static OptionalDouble sorted(List<ScoredImage> images, int pixels) {
    float[] scores = new float[pixels];
    boolean[] positive = new boolean[pixels];
    int at = 0;
    for (ScoredImage scored : images) {
      Mask mask = scored.mask();
      int start = at;
      boolean[] truth = new boolean[mask.width()];
      Upsampling.rows(
          scored.map(),
          mask.width(),
          mask.height(),
          (y, row) -> {
            int to = start + y * mask.width();
            mask.row(y, truth);
            System.arraycopy(row, 0, scores, to, mask.width());
            System.arraycopy(truth, 0, positive, to, mask.width());
          });
      at += mask.width() * mask.height();
    }
    return SortedAveragePrecision.of(scores, positive);
  }

  private static Check check(String name, Estimate ours, OptionalDouble sorted) {
    if (!ours.isPresent() || sorted.isEmpty()) {
      return new Check(
          name,
          ours.isPresent() == sorted.isPresent(),
          "the sample has no defective pixel, so there is no AUPRC");
    }
    double exact = sorted.getAsDouble();
    return new Check(
        name,
        ours.lower() - ROUNDING <= exact && exact <= ours.upper() + ROUNDING,
        Text.format(
            "the exact AUPRC is %.9f, ours lies from %.9f to %.9f",
            exact, ours.lower(), ours.upper()));
  }
}
