package io.nightjar.report.json;

import static io.nightjar.report.json.JsonFields.BOUNDS;
import static io.nightjar.report.json.JsonFields.estimate;
import static io.nightjar.report.json.JsonFields.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nightjar.metric.result.BestF1;
import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.metric.result.Curves;
import io.nightjar.metric.result.DefectMetrics;
import io.nightjar.metric.result.Estimate;
import io.nightjar.metric.result.Interval;
import io.nightjar.metric.result.PixelMetrics;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.QuarantinedFile;
import io.nightjar.report.ReportedInterval;
import io.nightjar.report.ReportedMetric;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A category in {@code metrics.json}: all of its figures but the curves. */
final class CategoryJson {
  private static final String BY_DEFECT = "by_defect";
  private static final String BANK_CATEGORIES = "bank_categories";
  private static final String SEARCH = "search";
  private static final String EXACT = "pixel_auprc_exact";

  private CategoryJson() {}

  /** The category's object, its fields in the order of {@code metrics.json}. */
  static ObjectNode write(CategoryResult c) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("category", c.category());
    node.put("train_images", c.trainImages());
    node.put("test_images", c.testImages());
    node.put("quarantined", c.quarantined().size());
    node.put("components", c.components());
    node.put("bank_rows", c.bankRows());
    node.put(BANK_CATEGORIES, c.bankCategories());
    node.put("pixels", c.metrics().pixel().pixels());
    node.put("defective_pixels", c.metrics().pixel().positives());
    ObjectNode bounds = JsonNodeFactory.instance.objectNode();
    for (ReportedMetric metric : ReportedMetric.values()) {
      JsonFields.put(node, bounds, metric.key(), metric.of(c.metrics()));
    }
    // Its bounds have fields of their own.
    bounds.remove(ReportedMetric.PIXEL_AUPRC.key());
    for (ReportedInterval interval : ReportedInterval.values()) {
      write(node, interval, c);
    }
    node.put(EXACT, c.metrics().exact());
    node.set(BOUNDS, bounds);
    ObjectNode byDefect = node.putObject(BY_DEFECT);
    c.metrics().byDefect().forEach((defect, metrics) -> byDefect.set(defect, write(metrics)));
    node.put("resolution", c.resolution());
    node.put("seconds", c.seconds());
    c.search().ifPresent(quality -> node.set(SEARCH, SearchJson.write(quality)));
    return node;
  }

  private static void write(ObjectNode node, ReportedInterval interval, CategoryResult category) {
    Optional<Interval> value = interval.of(category);
    if (value.isPresent()) {
      node.putArray(interval.key()).add(value.get().lower()).add(value.get().upper());
    } else {
      JsonFields.putAbsent(node, interval.key(), interval.reason(category));
    }
  }

  private static ObjectNode write(DefectMetrics metrics) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ObjectNode bounds = JsonNodeFactory.instance.objectNode();
    node.put("images", metrics.images());
    JsonFields.put(node, bounds, ReportedMetric.PIXEL_AUPRC.key(), metrics.pixelAuprc());
    JsonFields.put(node, bounds, ReportedMetric.PIXEL_AUROC.key(), metrics.pixelAuroc());
    JsonFields.put(node, bounds, ReportedMetric.AUPRO_30.key(), metrics.aupro30());
    JsonFields.put(node, bounds, ReportedMetric.IMAGE_AUROC.key(), metrics.imageAuroc());
    node.set(BOUNDS, bounds);
    return node;
  }

  /**
   * The category that {@link #write(CategoryResult)} wrote.
   *
   * @param curves its {@code curves/<category>.json}
   */
  static CategoryResult read(
      JsonNode node,
      CurvesJson.Content curves,
      List<QuarantinedFile> quarantined,
      Map<String, Double> stageSeconds,
      List<String> notes) {
    return new CategoryResult(
        field(node, "category").asText(),
        field(node, "train_images").asInt(),
        field(node, "test_images").asInt(),
        quarantined,
        field(node, "components").asInt(),
        field(node, "bank_rows").asLong(),
        bankCategories(node),
        metrics(node, curves.curves(), curves.aupimoByImage()),
        field(node, "resolution").asText(),
        field(node, "seconds").asDouble(),
        stageSeconds,
        notes,
        Optional.ofNullable(node.get(SEARCH)).map(SearchJson::read));
  }

  /** Files written before there were banks of several categories do not have it. */
  private static int bankCategories(JsonNode node) {
    int own = field(node, "bank_rows").asLong() > 0 ? 1 : 0;
    return node.path(BANK_CATEGORIES).asInt(own);
  }

  private static CategoryMetrics metrics(
      JsonNode node, Curves curves, Map<String, Estimate> aupimoByImage) {
    Map<String, DefectMetrics> byDefect = new TreeMap<>();
    field(node, BY_DEFECT)
        .fields()
        .forEachRemaining(entry -> byDefect.put(entry.getKey(), defect(entry.getValue())));
    PixelMetrics pixel =
        new PixelMetrics(
            field(node, "pixels").asLong(),
            field(node, "defective_pixels").asLong(),
            pixelAuprc(node),
            metric(node, ReportedMetric.PIXEL_AUPRC_TRAPEZOID),
            metric(node, ReportedMetric.PIXEL_AUROC));
    return new CategoryMetrics(
        pixel,
        metric(node, ReportedMetric.AUPRO_30),
        metric(node, ReportedMetric.AUPRO_05),
        metric(node, ReportedMetric.AUPIMO),
        bestF1(node, ReportedMetric.PIXEL_BEST_F1, ReportedMetric.PIXEL_BEST_F1_THRESHOLD),
        metric(node, ReportedMetric.PIXEL_FPR_AT_95_TPR),
        interval(node, ReportedInterval.PIXEL_AUPRC_CI95),
        metric(node, ReportedMetric.IMAGE_AUROC),
        metric(node, ReportedMetric.IMAGE_AP),
        bestF1(node, ReportedMetric.IMAGE_BEST_F1, ReportedMetric.IMAGE_BEST_F1_THRESHOLD),
        interval(node, ReportedInterval.IMAGE_AUROC_CI95),
        byDefect,
        aupimoByImage,
        curves,
        field(node, EXACT).asBoolean());
  }

  private static Estimate pixelAuprc(JsonNode node) {
    Estimate value = metric(node, ReportedMetric.PIXEL_AUPRC);
    return value.isPresent()
        ? new Estimate.Known(
            value.getAsDouble(),
            metric(node, ReportedMetric.PIXEL_AUPRC_LOWER).getAsDouble(),
            metric(node, ReportedMetric.PIXEL_AUPRC_UPPER).getAsDouble())
        : value;
  }

  private static Estimate metric(JsonNode node, ReportedMetric metric) {
    return estimate(node, field(node, BOUNDS), metric.key());
  }

  private static BestF1 bestF1(JsonNode node, ReportedMetric f1, ReportedMetric threshold) {
    return new BestF1(metric(node, f1), JsonFields.number(node, threshold.key()));
  }

  private static Optional<Interval> interval(JsonNode node, ReportedInterval interval) {
    JsonNode value = field(node, interval.key());
    return value.isNull()
        ? Optional.empty()
        : Optional.of(new Interval(value.get(0).asDouble(), value.get(1).asDouble()));
  }

  private static DefectMetrics defect(JsonNode node) {
    return new DefectMetrics(
        field(node, "images").asInt(),
        metric(node, ReportedMetric.PIXEL_AUPRC),
        metric(node, ReportedMetric.PIXEL_AUROC),
        metric(node, ReportedMetric.AUPRO_30),
        metric(node, ReportedMetric.IMAGE_AUROC));
  }
}
