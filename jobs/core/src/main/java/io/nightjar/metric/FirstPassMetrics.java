package io.nightjar.metric;

import io.nightjar.metric.region.RegionOverlap;
import io.nightjar.metric.result.BestF1;
import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.metric.result.Curves;
import io.nightjar.metric.result.Estimate;
import io.nightjar.metric.result.PixelMetrics;
import io.nightjar.metric.result.SaturatedOverlap;
import io.nightjar.metric.result.SubsetMetrics;
import io.nightjar.metric.threshold.PixelMetricsSweep;
import io.nightjar.metric.threshold.ThresholdMetrics;
import io.nightjar.score.ImageScoreKind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The metrics that follow from the counts of the first pass. */
final class FirstPassMetrics {
  static final Estimate NO_SECOND_PASS =
      new Estimate.Undefined("The images have not been counted one by one");

  private FirstPassMetrics() {}

  static CategoryMetrics of(CategoryCounts counts, ImageScoreKind kind) {
    return MissingMasks.reason(counts.images().values())
        .map(reason -> withoutPixels(counts, kind, new Estimate.Undefined(reason)))
        .orElseGet(() -> withPixels(counts, kind));
  }

  private static CategoryMetrics withPixels(CategoryCounts counts, ImageScoreKind kind) {
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
        ImageMetrics.auroc(images, kind),
        ImageMetrics.averagePrecision(images, kind),
        ImageMetrics.bestF1(images, kind),
        Optional.empty(),
        byDefect(counts, kind),
        aupimo(images),
        CurveSampling.of(pooled),
        saturated(pooled),
        byGroup(counts, kind),
        ItemScores.metrics(images, kind),
        ImageMetrics.byScore(images),
        false);
  }

  private static CategoryMetrics withoutPixels(
      CategoryCounts counts, ImageScoreKind kind, Estimate.Undefined reason) {
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
        ImageMetrics.auroc(images, kind),
        ImageMetrics.averagePrecision(images, kind),
        ImageMetrics.bestF1(images, kind),
        Optional.empty(),
        byDefect(counts, kind),
        aupimo(images),
        new Curves(List.of()),
        counts.pooled().defects() > 0
            ? Optional.of(SaturatedOverlap.undefined(reason.reason()))
            : Optional.empty(),
        byGroup(counts, kind),
        ItemScores.metrics(images, kind),
        ImageMetrics.byScore(images),
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

  /** Empty where no defect has a known saturation area. */
  private static Optional<SaturatedOverlap> saturated(PixelCounts counts) {
    return counts.defects() == 0 ? Optional.empty() : Optional.of(overlap(counts));
  }

  private static SaturatedOverlap overlap(PixelCounts counts) {
    return new SaturatedOverlap(saturated(counts, 0.3), saturated(counts, 0.05));
  }

  private static Estimate saturated(PixelCounts counts, double fprLimit) {
    return RegionOverlap.aupro(counts.bins(), counts.saturated(), counts.defects(), fprLimit);
  }

  private static Map<String, SubsetMetrics> byDefect(CategoryCounts counts, ImageScoreKind kind) {
    Map<String, SubsetMetrics> metrics = new TreeMap<>();
    counts.images().values().stream()
        .filter(ImageRecord::defective)
        .map(ImageRecord::defect)
        .distinct()
        .forEach(defect -> metrics.put(defect, ofDefect(counts, kind, defect)));
    return metrics;
  }

  private static SubsetMetrics ofDefect(CategoryCounts counts, ImageScoreKind kind, String defect) {
    List<ImageRecord> images =
        images(counts, image -> !image.defective() || image.defect().equals(defect));
    int defective = (int) images.stream().filter(ImageRecord::defective).count();
    Optional<String> missing = MissingMasks.reasonOfDefect(images);
    PixelCounts withGood = new PixelCounts();
    if (missing.isEmpty()) {
      withGood.merge(counts.good());
      withGood.merge(counts.defect(defect));
    }
    return subset(defective, images, withGood, missing, counts, kind);
  }

  private static Map<String, SubsetMetrics> byGroup(CategoryCounts counts, ImageScoreKind kind) {
    Map<String, SubsetMetrics> metrics = new TreeMap<>();
    counts.images().values().stream()
        .map(image -> image.image().group())
        .filter(group -> !group.isEmpty())
        .distinct()
        .forEach(group -> metrics.put(group, ofGroup(counts, kind, group)));
    return metrics;
  }

  private static SubsetMetrics ofGroup(CategoryCounts counts, ImageScoreKind kind, String group) {
    List<ImageRecord> images = images(counts, image -> image.image().group().equals(group));
    return subset(
        images.size(),
        images,
        counts.group(group),
        MissingMasks.reasonOfGroup(images),
        counts,
        kind);
  }

  private static List<ImageRecord> images(CategoryCounts counts, Predicate<ImageRecord> in) {
    return counts.images().values().stream().filter(in).toList();
  }

  /** The metrics of some images whose pixels are counted here, unless masks are missing. */
  private static SubsetMetrics subset(
      int size,
      List<ImageRecord> images,
      PixelCounts pixels,
      Optional<String> missing,
      CategoryCounts all,
      ImageScoreKind kind) {
    int defective = (int) images.stream().filter(ImageRecord::defective).count();
    long counted = images.stream().mapToLong(ImageRecord::pixels).sum();
    Estimate auroc = ImageMetrics.auroc(images, kind);
    Estimate averagePrecision = ImageMetrics.averagePrecision(images, kind);
    boolean saturates = all.pooled().defects() > 0;
    if (missing.isPresent()) {
      Estimate reason = new Estimate.Undefined(missing.get());
      return new SubsetMetrics(
          size,
          defective,
          counted,
          reason,
          reason,
          reason,
          saturates ? Optional.of(new SaturatedOverlap(reason, reason)) : Optional.empty(),
          auroc,
          averagePrecision);
    }
    PixelMetrics pixel = PixelMetricsSweep.over(pixels.bins());
    return new SubsetMetrics(
        size,
        defective,
        counted,
        pixel.auprc(),
        pixel.auroc(),
        RegionOverlap.aupro(pixels.bins(), pixels.weights(), pixels.regions(), 0.3),
        saturates ? Optional.of(overlap(pixels)) : Optional.empty(),
        auroc,
        averagePrecision);
  }

  static Estimate estimate(OptionalDouble value, String reason) {
    return value.isPresent()
        ? new Estimate.Known(value.getAsDouble(), value.getAsDouble(), value.getAsDouble())
        : new Estimate.Undefined(reason);
  }
}
