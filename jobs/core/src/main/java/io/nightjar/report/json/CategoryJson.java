package io.nightjar.report.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.nightjar.json.Fields;
import io.nightjar.json.JsonDocument;
import io.nightjar.metric.result.BestF1;
import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.metric.result.Estimate;
import io.nightjar.metric.result.ItemMetrics;
import io.nightjar.metric.result.PixelMetrics;
import io.nightjar.metric.result.SaturatedOverlap;
import io.nightjar.metric.result.SubsetMetrics;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.QuarantinedFile;
import io.nightjar.report.ReportedInterval;
import io.nightjar.report.ReportedMetric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A category in {@code metrics.json}: all of its figures but the curves. */
final class CategoryJson {
  private static final String BY_DEFECT = "by_defect";
  private static final String BY_GROUP = "by_group";
  private static final String ITEMS = "items";
  private static final String SEARCH = "search";

  private CategoryJson() {}

  /** The category's object: the parts' fields, one part after another. */
  record Document(
      @JsonUnwrapped Counts counts,
      @JsonUnwrapped Fields figures,
      @JsonUnwrapped Accuracy accuracy,
      Map<String, Defect> byDefect,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Group> byGroup,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Map<String, Object>> byImageScore,
      @JsonInclude(JsonInclude.Include.NON_NULL) @JsonUnwrapped Items items,
      @JsonUnwrapped Circumstances circumstances,
      @JsonInclude(JsonInclude.Include.NON_NULL) SearchJson.Document search,
      @JsonInclude(JsonInclude.Include.NON_NULL) Map<String, Object> decision) {}

  /** Its first fields. */
  record Counts(
      String category,
      int trainImages,
      int testImages,
      int quarantined,
      int components,
      long bankRows,
      int bankCategories,
      long pixels,
      long defectivePixels) {}

  /** How exact the figures are. */
  record Accuracy(boolean pixelAuprcExact, Map<String, List<Double>> bounds) {}

  /** Its last fields. */
  record Circumstances(String resolution, double seconds) {}

  /** The figures of one kind of defect. */
  record Defect(
      int images, long pixels, @JsonUnwrapped Fields figures, Map<String, List<Double>> bounds) {}

  /** The figures of one group of images. */
  record Group(
      int images,
      int defectiveImages,
      long pixels,
      @JsonUnwrapped Fields figures,
      Map<String, List<Double>> bounds) {}

  /** How many items the images show; their figures are among the others. */
  record Items(int items, int defectiveItems) {}

  private record DefectImages(int images) {}

  private record GroupImages(int images, int defectiveImages) {}

  static Document document(CategoryResult c) {
    Figures figures = figures(c);
    Map<String, List<Double>> bounds = new LinkedHashMap<>(figures.bounds());
    // Its bounds have fields of their own.
    bounds.remove(ReportedMetric.PIXEL_AUPRC.key());
    Map<String, Defect> byDefect = new LinkedHashMap<>();
    c.metrics().byDefect().forEach((name, metrics) -> byDefect.put(name, defect(metrics)));
    Map<String, Group> byGroup = new LinkedHashMap<>();
    c.metrics().byGroup().forEach((name, metrics) -> byGroup.put(name, group(metrics)));
    return new Document(
        counts(c),
        new Fields(figures.fields()),
        new Accuracy(c.metrics().exact(), bounds),
        byDefect,
        byGroup,
        ImageScoresJson.document(c.metrics().byImageScore()),
        c.metrics().items().map(items -> new Items(items.items(), items.defective())).orElse(null),
        new Circumstances(c.resolution(), c.seconds()),
        c.search().map(SearchJson::document).orElse(null),
        c.decision().map(DecisionJson::document).orElse(null));
  }

  private static Counts counts(CategoryResult c) {
    return new Counts(
        c.category(),
        c.trainImages(),
        c.testImages(),
        c.quarantined().size(),
        c.components(),
        c.bankRows(),
        c.bankCategories(),
        c.metrics().pixel().pixels(),
        c.metrics().pixel().positives());
  }

  private static Figures figures(CategoryResult c) {
    Figures figures = new Figures();
    for (ReportedMetric metric : ReportedMetric.in(c.metrics())) {
      figures.add(metric.key(), metric.of(c.metrics()));
    }
    for (ReportedInterval interval : ReportedInterval.values()) {
      figures.add(interval.key(), interval.of(c), interval.reason(c));
    }
    return figures;
  }

  private static Defect defect(SubsetMetrics metrics) {
    Figures figures = figures(metrics);
    return new Defect(
        metrics.images(), metrics.pixels(), new Fields(figures.fields()), figures.bounds());
  }

  private static Group group(SubsetMetrics metrics) {
    Figures figures = figures(metrics);
    return new Group(
        metrics.images(),
        metrics.defective(),
        metrics.pixels(),
        new Fields(figures.fields()),
        figures.bounds());
  }

  private static Figures figures(SubsetMetrics metrics) {
    Figures figures =
        new Figures()
            .add(ReportedMetric.PIXEL_AUPRC.key(), metrics.pixelAuprc())
            .add(ReportedMetric.PIXEL_AUROC.key(), metrics.pixelAuroc())
            .add(ReportedMetric.AUPRO_30.key(), metrics.aupro30());
    metrics
        .saturated()
        .ifPresent(
            overlap ->
                figures
                    .add(ReportedMetric.AU_SPRO_30.key(), overlap.auSpro30())
                    .add(ReportedMetric.AU_SPRO_05.key(), overlap.auSpro05()));
    return figures
        .add(ReportedMetric.IMAGE_AUROC.key(), metrics.imageAuroc())
        .add(ReportedMetric.IMAGE_AP.key(), metrics.imageAveragePrecision());
  }

  /**
   * The category that {@link #document} describes.
   *
   * @param curves its {@code curves/<category>.json}
   */
  static CategoryResult read(
      JsonDocument object,
      CurvesJson.Content curves,
      List<QuarantinedFile> quarantined,
      Map<String, Double> stageSeconds,
      List<String> notes) {
    Counts counts = counts(object);
    Circumstances circumstances = object.as(Circumstances.class);
    return new CategoryResult(
        counts.category,
        counts.trainImages,
        counts.testImages,
        quarantined,
        counts.components,
        counts.bankRows,
        counts.bankCategories,
        metrics(object, counts, curves),
        circumstances.resolution,
        circumstances.seconds,
        stageSeconds,
        notes,
        object.has(SEARCH) ? Optional.of(SearchJson.read(object.child(SEARCH))) : Optional.empty(),
        DecisionJson.read(object));
  }

  /** Files written before there were banks of several categories do not count these. */
  private static Counts counts(JsonDocument object) {
    int own = object.number("bank_rows").orElse(0) > 0 ? 1 : 0;
    return object.withDefault("bank_categories", own).as(Counts.class);
  }

  private static CategoryMetrics metrics(
      JsonDocument object, Counts counts, CurvesJson.Content curves) {
    Map<String, SubsetMetrics> byDefect = new TreeMap<>();
    object.entries(BY_DEFECT).forEach((name, defect) -> byDefect.put(name, readDefect(defect)));
    Map<String, SubsetMetrics> byGroup = new TreeMap<>();
    if (object.has(BY_GROUP)) {
      object.entries(BY_GROUP).forEach((name, group) -> byGroup.put(name, readGroup(group)));
    }
    PixelMetrics pixel =
        new PixelMetrics(
            counts.pixels,
            counts.defectivePixels,
            pixelAuprc(object),
            metric(object, ReportedMetric.PIXEL_AUPRC_TRAPEZOID),
            metric(object, ReportedMetric.PIXEL_AUROC));
    return new CategoryMetrics(
        pixel,
        metric(object, ReportedMetric.AUPRO_30),
        metric(object, ReportedMetric.AUPRO_05),
        metric(object, ReportedMetric.AUPIMO),
        bestF1(object, ReportedMetric.PIXEL_BEST_F1, ReportedMetric.PIXEL_BEST_F1_THRESHOLD),
        metric(object, ReportedMetric.PIXEL_FPR_AT_95_TPR),
        Figures.readInterval(object, ReportedInterval.PIXEL_AUPRC_CI95.key()),
        metric(object, ReportedMetric.IMAGE_AUROC),
        metric(object, ReportedMetric.IMAGE_AP),
        bestF1(object, ReportedMetric.IMAGE_BEST_F1, ReportedMetric.IMAGE_BEST_F1_THRESHOLD),
        Figures.readInterval(object, ReportedInterval.IMAGE_AUROC_CI95.key()),
        byDefect,
        curves.aupimoByImage(),
        curves.curves(),
        saturated(object),
        byGroup,
        items(object),
        ImageScoresJson.read(object),
        object.as(Accuracy.class).pixelAuprcExact);
  }

  private static Estimate pixelAuprc(JsonDocument object) {
    Estimate value = metric(object, ReportedMetric.PIXEL_AUPRC);
    return value.isPresent()
        ? new Estimate.Known(
            value.getAsDouble(),
            metric(object, ReportedMetric.PIXEL_AUPRC_LOWER).getAsDouble(),
            metric(object, ReportedMetric.PIXEL_AUPRC_UPPER).getAsDouble())
        : value;
  }

  private static Estimate metric(JsonDocument object, ReportedMetric metric) {
    return Figures.read(object, metric.key());
  }

  private static BestF1 bestF1(JsonDocument object, ReportedMetric f1, ReportedMetric threshold) {
    return new BestF1(metric(object, f1), object.number(threshold.key()));
  }

  private static SubsetMetrics readDefect(JsonDocument object) {
    int images = object.as(DefectImages.class).images;
    return readSubset(object, images, images);
  }

  private static SubsetMetrics readGroup(JsonDocument object) {
    GroupImages images = object.as(GroupImages.class);
    return readSubset(object, images.images, images.defectiveImages);
  }

  /** Files of before there were groups lack some fields of defects. */
  private static SubsetMetrics readSubset(JsonDocument object, int images, int defective) {
    return new SubsetMetrics(
        images,
        defective,
        object.has("pixels") ? (long) object.number("pixels").orElse(0) : 0,
        metric(object, ReportedMetric.PIXEL_AUPRC),
        metric(object, ReportedMetric.PIXEL_AUROC),
        metric(object, ReportedMetric.AUPRO_30),
        saturated(object),
        metric(object, ReportedMetric.IMAGE_AUROC),
        object.has(ReportedMetric.IMAGE_AP.key())
            ? metric(object, ReportedMetric.IMAGE_AP)
            : new Estimate.Undefined("the file is older than the figure"));
  }

  private static Optional<SaturatedOverlap> saturated(JsonDocument object) {
    return object.has(ReportedMetric.AU_SPRO_30.key())
        ? Optional.of(
            new SaturatedOverlap(
                metric(object, ReportedMetric.AU_SPRO_30),
                metric(object, ReportedMetric.AU_SPRO_05)))
        : Optional.empty();
  }

  private static Optional<ItemMetrics> items(JsonDocument object) {
    if (!object.has(ITEMS)) {
      return Optional.empty();
    }
    Items items = object.as(Items.class);
    return Optional.of(
        new ItemMetrics(
            items.items,
            items.defectiveItems,
            metric(object, ReportedMetric.ITEM_AUROC),
            metric(object, ReportedMetric.ITEM_AP)));
  }
}
