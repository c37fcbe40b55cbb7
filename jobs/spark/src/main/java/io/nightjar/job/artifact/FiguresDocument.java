package io.nightjar.job.artifact;

import io.nightjar.metric.result.BestF1;
import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.metric.result.CurvePoint;
import io.nightjar.metric.result.Curves;
import io.nightjar.metric.result.Estimate;
import io.nightjar.metric.result.ImageScoreMetrics;
import io.nightjar.metric.result.Interval;
import io.nightjar.metric.result.ItemMetrics;
import io.nightjar.metric.result.PixelMetrics;
import io.nightjar.metric.result.SaturatedOverlap;
import io.nightjar.metric.result.SubsetMetrics;
import io.nightjar.score.ImageScoreKind;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Metrics as JSON that gives back every bit; what may be absent is a list of none or one. */
record FiguresDocument(
    Pixel pixel,
    Value aupro30,
    Value aupro05,
    Value aupimo,
    Best pixelBestF1,
    Value fprAt95Tpr,
    List<Double> pixelAuprcCi95,
    Value imageAuroc,
    Value imageAveragePrecision,
    Best imageBestF1,
    List<Double> imageAurocCi95,
    Map<String, Subset> byDefect,
    Map<String, Value> aupimoByImage,
    List<List<Double>> curves,
    List<Saturated> saturated,
    Map<String, Subset> byGroup,
    List<Items> items,
    Map<ImageScoreKind, Ranked> byImageScore,
    boolean exact) {

  /**
   * An estimate.
   *
   * @param known value, lower and upper bound; empty where there is no value
   * @param reason why there is none; empty where there is one
   */
  record Value(List<Double> known, String reason) {
    static Value of(Estimate estimate) {
      return estimate instanceof Estimate.Undefined undefined
          ? new Value(List.of(), undefined.reason())
          : new Value(List.of(estimate.getAsDouble(), estimate.lower(), estimate.upper()), "");
    }

    Estimate estimate() {
      return known.isEmpty()
          ? new Estimate.Undefined(reason)
          : new Estimate.Known(known.get(0), known.get(1), known.get(2));
    }
  }

  record Best(Value f1, List<Double> threshold) {
    static Best of(BestF1 best) {
      return new Best(Value.of(best.f1()), best.threshold().stream().boxed().toList());
    }

    BestF1 best() {
      return new BestF1(
          f1.estimate(),
          threshold.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(threshold.get(0)));
    }
  }

  record Pixel(long pixels, long positives, Value auprc, Value auprcTrapezoid, Value auroc) {
    static Pixel of(PixelMetrics pixel) {
      return new Pixel(
          pixel.pixels(),
          pixel.positives(),
          Value.of(pixel.auprc()),
          Value.of(pixel.auprcTrapezoid()),
          Value.of(pixel.auroc()));
    }

    PixelMetrics metrics() {
      return new PixelMetrics(
          pixels, positives, auprc.estimate(), auprcTrapezoid.estimate(), auroc.estimate());
    }
  }

  /** Saturated overlap. */
  record Saturated(Value auSpro30, Value auSpro05) {
    static List<Saturated> of(Optional<SaturatedOverlap> overlap) {
      return overlap.stream()
          .map(known -> new Saturated(Value.of(known.auSpro30()), Value.of(known.auSpro05())))
          .toList();
    }

    static Optional<SaturatedOverlap> overlap(List<Saturated> stored) {
      return stored.stream()
          .map(one -> new SaturatedOverlap(one.auSpro30.estimate(), one.auSpro05.estimate()))
          .findFirst();
    }
  }

  /** Metrics of images by one kind of their scores. */
  record Ranked(Value auroc, Value averagePrecision) {
    static Map<ImageScoreKind, Ranked> all(Map<ImageScoreKind, ImageScoreMetrics> metrics) {
      Map<ImageScoreKind, Ranked> all = new EnumMap<>(ImageScoreKind.class);
      metrics.forEach(
          (kind, ranked) ->
              all.put(
                  kind, new Ranked(Value.of(ranked.auroc()), Value.of(ranked.averagePrecision()))));
      return all;
    }

    static Map<ImageScoreKind, ImageScoreMetrics> metrics(Map<ImageScoreKind, Ranked> stored) {
      Map<ImageScoreKind, ImageScoreMetrics> all = new EnumMap<>(ImageScoreKind.class);
      stored.forEach(
          (kind, ranked) ->
              all.put(
                  kind,
                  new ImageScoreMetrics(
                      ranked.auroc.estimate(), ranked.averagePrecision.estimate())));
      return all;
    }
  }

  /** Metrics of items. */
  record Items(int items, int defective, Value auroc, Value averagePrecision) {
    static Items of(ItemMetrics items) {
      return new Items(
          items.items(),
          items.defective(),
          Value.of(items.auroc()),
          Value.of(items.averagePrecision()));
    }

    ItemMetrics metrics() {
      return new ItemMetrics(items, defective, auroc.estimate(), averagePrecision.estimate());
    }
  }

  /** Metrics of a part of the images. */
  record Subset(
      int images,
      int defective,
      long pixels,
      Value pixelAuprc,
      Value pixelAuroc,
      Value aupro30,
      List<Saturated> saturated,
      Value imageAuroc,
      Value imageAveragePrecision) {
    static Subset of(SubsetMetrics subset) {
      return new Subset(
          subset.images(),
          subset.defective(),
          subset.pixels(),
          Value.of(subset.pixelAuprc()),
          Value.of(subset.pixelAuroc()),
          Value.of(subset.aupro30()),
          Saturated.of(subset.saturated()),
          Value.of(subset.imageAuroc()),
          Value.of(subset.imageAveragePrecision()));
    }

    static Map<String, Subset> all(Map<String, SubsetMetrics> subsets) {
      Map<String, Subset> all = new LinkedHashMap<>();
      subsets.forEach((name, subset) -> all.put(name, of(subset)));
      return all;
    }

    static Map<String, SubsetMetrics> metrics(Map<String, Subset> stored) {
      Map<String, SubsetMetrics> all = new LinkedHashMap<>();
      stored.forEach((name, subset) -> all.put(name, subset.metrics()));
      return all;
    }

    private SubsetMetrics metrics() {
      return new SubsetMetrics(
          images,
          defective,
          pixels,
          pixelAuprc.estimate(),
          pixelAuroc.estimate(),
          aupro30.estimate(),
          Saturated.overlap(saturated),
          imageAuroc.estimate(),
          imageAveragePrecision.estimate());
    }
  }

  static FiguresDocument of(CategoryMetrics metrics) {
    Map<String, Value> aupimo = new LinkedHashMap<>();
    metrics.aupimoByImage().forEach((path, value) -> aupimo.put(path, Value.of(value)));
    return new FiguresDocument(
        Pixel.of(metrics.pixel()),
        Value.of(metrics.aupro30()),
        Value.of(metrics.aupro05()),
        Value.of(metrics.aupimo()),
        Best.of(metrics.pixelBestF1()),
        Value.of(metrics.fprAt95Tpr()),
        ends(metrics.pixelAuprcCi95()),
        Value.of(metrics.imageAuroc()),
        Value.of(metrics.imageAveragePrecision()),
        Best.of(metrics.imageBestF1()),
        ends(metrics.imageAurocCi95()),
        Subset.all(metrics.byDefect()),
        aupimo,
        metrics.curves().points().stream()
            .map(
                point ->
                    List.of(
                        point.threshold(),
                        point.recall(),
                        point.precision(),
                        point.fpr(),
                        point.pro()))
            .toList(),
        Saturated.of(metrics.saturated()),
        Subset.all(metrics.byGroup()),
        metrics.items().stream().map(Items::of).toList(),
        Ranked.all(metrics.byImageScore()),
        metrics.exact());
  }

  CategoryMetrics metrics() {
    Map<String, Estimate> byImage = new LinkedHashMap<>();
    aupimoByImage.forEach((path, value) -> byImage.put(path, value.estimate()));
    return new CategoryMetrics(
        pixel.metrics(),
        aupro30.estimate(),
        aupro05.estimate(),
        aupimo.estimate(),
        pixelBestF1.best(),
        fprAt95Tpr.estimate(),
        interval(pixelAuprcCi95),
        imageAuroc.estimate(),
        imageAveragePrecision.estimate(),
        imageBestF1.best(),
        interval(imageAurocCi95),
        Subset.metrics(byDefect),
        byImage,
        new Curves(curves.stream().map(FiguresDocument::point).toList()),
        Saturated.overlap(saturated),
        Subset.metrics(byGroup),
        items.stream().map(Items::metrics).findFirst(),
        Ranked.metrics(byImageScore),
        exact);
  }

  private static CurvePoint point(List<Double> point) {
    return new CurvePoint(point.get(0), point.get(1), point.get(2), point.get(3), point.get(4));
  }

  private static List<Double> ends(Optional<Interval> interval) {
    return interval.map(ends -> List.of(ends.lower(), ends.upper())).orElse(List.of());
  }

  private static Optional<Interval> interval(List<Double> ends) {
    return ends.isEmpty() ? Optional.empty() : Optional.of(new Interval(ends.get(0), ends.get(1)));
  }
}
