package io.nightjar.report.json;

import static io.nightjar.report.json.JsonFields.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nightjar.metric.result.CurvePoint;
import io.nightjar.metric.result.Curves;
import io.nightjar.metric.result.Estimate;
import io.nightjar.report.CategoryResult;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * {@code curves/<category>.json}: the category's curves as arrays of one length, {@code threshold},
 * {@code recall}, {@code precision}, {@code fpr} and {@code pro}, from the highest threshold down,
 * and {@code aupimo_by_image}: path of each defective image to its AUPIMO, with the bounds of those
 * that are not exact and the reasons of those that do not exist beside it. A number that JSON does
 * not know is {@code null}: an infinite threshold, an overlap where no region is.
 */
final class CurvesJson {
  private static final String AUPIMO_BY_IMAGE = "aupimo_by_image";
  private static final String AUPIMO_BOUNDS = AUPIMO_BY_IMAGE + "_bounds";
  private static final String AUPIMO_REASONS = AUPIMO_BY_IMAGE + "_reasons";

  /** What the file holds beside the category's name. */
  record Content(Curves curves, Map<String, Estimate> aupimoByImage) {}

  private CurvesJson() {}

  static ObjectNode write(CategoryResult category) {
    List<CurvePoint> points = category.metrics().curves().points();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("category", category.category());
    put(node.putArray("threshold"), points, CurvePoint::threshold);
    put(node.putArray("recall"), points, CurvePoint::recall);
    put(node.putArray("precision"), points, CurvePoint::precision);
    put(node.putArray("fpr"), points, CurvePoint::fpr);
    put(node.putArray("pro"), points, CurvePoint::pro);
    ObjectNode values = node.putObject(AUPIMO_BY_IMAGE);
    ObjectNode bounds = node.putObject(AUPIMO_BOUNDS);
    ObjectNode reasons = node.putObject(AUPIMO_REASONS);
    category
        .metrics()
        .aupimoByImage()
        .forEach((path, estimate) -> put(values, bounds, reasons, path, estimate));
    return node;
  }

  private static void put(
      ObjectNode values, ObjectNode bounds, ObjectNode reasons, String path, Estimate estimate) {
    if (estimate instanceof Estimate.Known known) {
      values.put(path, known.value());
      if (known.lower() < known.upper()) {
        bounds.putArray(path).add(known.lower()).add(known.upper());
      }
    } else if (estimate instanceof Estimate.Undefined undefined) {
      values.putNull(path);
      reasons.put(path, undefined.reason());
    }
  }

  private static void put(
      ArrayNode array, List<CurvePoint> points, ToDoubleFunction<CurvePoint> coordinate) {
    for (CurvePoint point : points) {
      double value = coordinate.applyAsDouble(point);
      if (Double.isFinite(value)) {
        array.add(value);
      } else {
        array.addNull();
      }
    }
  }

  /** What {@link #write} wrote. */
  static Content read(JsonNode node) {
    double[] threshold = numbers(node, "threshold", Double.POSITIVE_INFINITY);
    double[] recall = numbers(node, "recall", Double.NaN);
    double[] precision = numbers(node, "precision", Double.NaN);
    double[] fpr = numbers(node, "fpr", Double.NaN);
    double[] pro = numbers(node, "pro", Double.NaN);
    List<CurvePoint> points = new ArrayList<>();
    for (int i = 0; i < threshold.length; i++) {
      points.add(new CurvePoint(threshold[i], recall[i], precision[i], fpr[i], pro[i]));
    }
    return new Content(new Curves(points), images(node));
  }

  private static Map<String, Estimate> images(JsonNode node) {
    JsonNode values = field(node, AUPIMO_BY_IMAGE);
    Map<String, Estimate> images = new TreeMap<>();
    for (Iterator<String> paths = values.fieldNames(); paths.hasNext(); ) {
      String path = paths.next();
      images.put(path, image(node, path, values.get(path)));
    }
    return images;
  }

  private static Estimate image(JsonNode node, String path, JsonNode value) {
    if (value.isNull()) {
      return new Estimate.Undefined(field(field(node, AUPIMO_REASONS), path).asText());
    }
    JsonNode bounds = field(node, AUPIMO_BOUNDS).get(path);
    double number = value.asDouble();
    return bounds == null
        ? new Estimate.Known(number, number, number)
        : new Estimate.Known(number, bounds.get(0).asDouble(), bounds.get(1).asDouble());
  }

  private static double[] numbers(JsonNode node, String name, double ofNull) {
    JsonNode array = field(node, name);
    double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = array.get(i).isNull() ? ofNull : array.get(i).asDouble();
    }
    return numbers;
  }
}
