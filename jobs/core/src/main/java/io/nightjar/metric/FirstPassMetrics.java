package io.nightjar.metric;

import io.nightjar.metric.region.RegionOverlap;
import io.nightjar.metric.result.BestF1;
import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.metric.result.Curves;
import io.nightjar.metric.result.DefectMetrics;
import io.nightjar.metric.result.Estimate;
import io.nightjar.metric.result.PixelMetrics;
import io.nightjar.metric.threshold.PixelMetricsSweep;
import io.nightjar.metric.threshold.ThresholdMetrics;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** The metrics that follow from the counts of the first pass. */
final class FirstPassMetrics {
  static final Estimate NO_SECOND_PASS =
      new Estimate.Undefined("The images have not been counted one by one");

  private FirstPassMetrics() {}

  static CategoryMetrics of(CategoryCounts counts) {
    return MissingMasks.reason(counts.images().values())
        .map(reason -> withoutPixels(counts, new Estimate.Undefined(reason)))
        .orElseGet(() -> withPixels(counts));
  }

  private static CategoryMetrics withPixels(CategoryCounts counts) {
    PixelCounts pooled = counts.pooled();
    ThresholdMetrics thresholds = ThresholdMetrics.over(pooled.bins());
    Collection<ImageRecord> images = counts.images().values();
    return new CategoryMetrics(
        PixelMetricsSweep.over(pooled.bins()),
        counts.aupro(0.3),
        counts.aupro(0.05),
        NO_SECOND_PASS,
        thresholds.bestF1(),
        thresholds.fprAt95Tpr(),
        Optional.empty(),
        ImageMetrics.auroc(images),
        ImageMetrics.averagePrecision(images),
        ImageMetrics.bestF1(images),
        Optional.empty(),
        byDefect(counts),
        aupimo(images),
        CurveSampling.of(pooled),
        false);
  }

  private static CategoryMetrics withoutPixels(CategoryCounts counts, Estimate.Undefined reason) {
    Collection<ImageRecord> images = counts.images().values();
    long positives = images.stream().mapToLong(ImageRecord::positives).sum();
    return new CategoryMetrics(
        new PixelMetrics(counts.pixels(), positives, reason, reason, reason),
        reason,
        reason,
        reason,
        BestF1.undefined(reason.reason()),
        reason,
        Optional.empty(),
        ImageMetrics.auroc(images),
        ImageMetrics.averagePrecision(images),
        ImageMetrics.bestF1(images),
        Optional.empty(),
        byDefect(counts),
        aupimo(images),
        new Curves(List.of()),
        false);
  }

  private static Map<String, Estimate> aupimo(Collection<ImageRecord> images) {
    Map<String, Estimate> aupimo = new TreeMap<>();
    images.stream()
        .filter(ImageRecord::defective)
        .forEach(
            image ->
                aupimo.put(
                    image.path(),
                    image.hasTruth()
                        ? NO_SECOND_PASS
                        : new Estimate.Undefined(MissingMasks.reason(image))));
    return aupimo;
  }

  private static Map<String, DefectMetrics> byDefect(CategoryCounts counts) {
    Map<String, DefectMetrics> metrics = new TreeMap<>();
    counts.images().values().stream()
        .filter(ImageRecord::defective)
        .map(ImageRecord::defect)
        .distinct()
        .forEach(defect -> metrics.put(defect, ofDefect(counts, defect)));
    return metrics;
  }

  private static DefectMetrics ofDefect(CategoryCounts counts, String defect) {
    List<ImageRecord> images =
        counts.images().values().stream()
            .filter(image -> !image.defective() || image.defect().equals(defect))
            .toList();
    int defective = (int) images.stream().filter(ImageRecord::defective).count();
    Optional<String> missing = MissingMasks.reasonOfDefect(images);
    if (missing.isPresent()) {
      Estimate reason = new Estimate.Undefined(missing.get());
      return new DefectMetrics(defective, reason, reason, reason, ImageMetrics.auroc(images));
    }
    PixelCounts withGood = new PixelCounts();
    withGood.merge(counts.good());
    withGood.merge(counts.defect(defect));
    PixelMetrics pixel = PixelMetricsSweep.over(withGood.bins());
    return new DefectMetrics(
        defective,
        pixel.auprc(),
        pixel.auroc(),
        RegionOverlap.aupro(withGood.bins(), withGood.weights(), withGood.regions(), 0.3),
        ImageMetrics.auroc(images));
  }

  static Estimate estimate(OptionalDouble value, String reason) {
    return value.isPresent()
        ? new Estimate.Known(value.getAsDouble(), value.getAsDouble(), value.getAsDouble())
        : new Estimate.Undefined(reason);
  }
}
