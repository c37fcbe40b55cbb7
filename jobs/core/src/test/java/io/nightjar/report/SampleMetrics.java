package io.nightjar.report;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Made-up figures of merit. */
public final class SampleMetrics {
  public static final double HALF_BIN = 2e-6;

  private SampleMetrics() {}

  public static Estimate known(double value) {
    return new Estimate.Known(value, value, value);
  }

  static Estimate within(double value, double error) {
    return new Estimate.Known(value, value - error, value + error);
  }

  /** All figures, with bounds that are not exact and curves that look like such. */
  public static CategoryMetrics of(double auprc) {
    Estimate noGood = new Estimate.Undefined("no good image was tested");
    return new CategoryMetrics(
        pixel(within(auprc, HALF_BIN)),
        within(0.9312345678901234, 1e-5),
        known(0.75),
        known(0.625),
        new BestF1(known(0.7345678901234567), OptionalDouble.of(12.345678901234567)),
        known(0.03125),
        Optional.of(new Interval(auprc - 0.03125, auprc + 0.015625)),
        known(1.0),
        known(0.9975),
        new BestF1(known(0.984375), OptionalDouble.of(21.5)),
        Optional.of(new Interval(0.96875, 1.0)),
        Map.of(
            "crack",
            defect(20, within(0.8125, 1e-6), known(0.96), known(0.9), known(1.0)),
            "contamination",
            defect(21, known(0.6875), known(0.97), known(0.92), noGood)),
        Map.of(
            "test/crack/000.png",
            within(0.5, 1e-4),
            "test/crack/001.png",
            new Estimate.Undefined("its mask is empty")),
        curves(),
        false);
  }

  /**
   * The same of a data set that states saturation areas, groups and items, with all kinds of image
   * scores.
   */
  public static CategoryMetrics ofGroups(double auprc) {
    CategoryMetrics m = of(auprc);
    SaturatedOverlap overlap = new SaturatedOverlap(within(0.8125, 1e-5), known(0.5625));
    return new CategoryMetrics(
        m.pixel(),
        m.aupro30(),
        m.aupro05(),
        m.aupimo(),
        m.pixelBestF1(),
        m.fprAt95Tpr(),
        m.pixelAuprcCi95(),
        m.imageAuroc(),
        m.imageAveragePrecision(),
        m.imageBestF1(),
        m.imageAurocCi95(),
        m.byDefect(),
        m.aupimoByImage(),
        m.curves(),
        Optional.of(overlap),
        Map.of(
            "C1",
            group(30, 21, Optional.of(overlap)),
            "C2",
            group(
                10,
                0,
                Optional.of(SaturatedOverlap.undefined("No pixel lies inside of a defect")))),
        Optional.of(new ItemMetrics(8, 5, known(0.9375), known(0.96875))),
        Map.of(
            ImageScoreKind.MAX,
            new ImageScoreMetrics(known(1.0), known(0.9975)),
            ImageScoreKind.TOP3,
            new ImageScoreMetrics(known(0.96875), known(0.984375)),
            ImageScoreKind.TOP1_PERCENT,
            new ImageScoreMetrics(
                new Estimate.Undefined("No test image shows a defect"), known(0.5))),
        m.exact());
  }

  private static SubsetMetrics group(
      int images, int defective, Optional<SaturatedOverlap> saturated) {
    Estimate none = new Estimate.Undefined("No pixel lies inside of a defect");
    return new SubsetMetrics(
        images,
        defective,
        1_000L * images,
        defective == 0 ? none : within(0.71875, 1e-6),
        defective == 0 ? none : known(0.98),
        defective == 0 ? none : known(0.93),
        saturated,
        defective == 0 ? none : known(0.99),
        defective == 0 ? none : known(0.985));
  }

  /** Where the pixel AUPRC does not exist, nor what hangs on it. */
  public static CategoryMetrics without(String reason) {
    Estimate absent = new Estimate.Undefined(reason);
    BestF1 noF1 = new BestF1(absent, OptionalDouble.empty());
    return new CategoryMetrics(
        new PixelMetrics(67_230_000, 0, absent, known(0.7890123456789012), known(0.98637)),
        absent,
        absent,
        absent,
        noF1,
        absent,
        Optional.empty(),
        known(1.0),
        known(1.0),
        noF1,
        Optional.empty(),
        Map.of(),
        Map.of(),
        new Curves(List.of()),
        true);
  }

  private static SubsetMetrics defect(
      int images, Estimate auprc, Estimate auroc, Estimate aupro30, Estimate imageAuroc) {
    return new SubsetMetrics(
        images,
        images,
        1_000L * images,
        auprc,
        auroc,
        aupro30,
        Optional.empty(),
        imageAuroc,
        known(0.875));
  }

  private static PixelMetrics pixel(Estimate auprc) {
    return new PixelMetrics(
        67_230_000, 3_861_000, auprc, known(0.7890123456789012), within(0.98637, 1e-7));
  }

  /** From the threshold above all scores down, with a precision of (1 - recall^4) at its best. */
  static Curves curves() {
    List<CurvePoint> points = new ArrayList<>();
    points.add(new CurvePoint(Double.POSITIVE_INFINITY, 0, 1, 0, Double.NaN));
    for (int i = 1; i <= 100; i++) {
      double recall = i / 100.0;
      double precision = 1 - 0.9 * Math.pow(recall, 4);
      double fpr = Math.pow(recall, 8);
      points.add(new CurvePoint(25 - 0.2 * i, recall, precision, fpr, Math.pow(fpr, 0.1)));
    }
    return new Curves(points);
  }
}
