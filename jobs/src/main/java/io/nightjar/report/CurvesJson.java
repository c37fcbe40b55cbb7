package io.nightjar.report;

import static io.nightjar.report.JsonFields.BOUNDS;
import static io.nightjar.report.JsonFields.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nightjar.metric.CurvePoint;
import io.nightjar.metric.Curves;
import io.nightjar.metric.Estimate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * {@code curves/<category>.json}: the category's curves as arrays of one length, {@code threshold},
 * {@code recall}, {@code precision}, {@code fpr} and {@code pro}, from the highest threshold down,
 * and the AUPIMO of each defective image. A number that JSON does not know is {@code null}: an
 * infinite threshold, an overlap where no region is.
 */
final class CurvesJson {
  private static final String AUPIMO_BY_IMAGE = "aupimo_by_image";

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
    ObjectNode images = node.putObject(AUPIMO_BY_IMAGE);
    ObjectNode bounds = JsonNodeFactory.instance.objectNode();
    category
        .metrics()
        .aupimoByImage()
        .forEach((path, estimate) -> JsonFields.put(images, bounds, path, estimate));
    images.set(BOUNDS, bounds);
    return node;
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
    return new Content(new Curves(points), images(field(node, AUPIMO_BY_IMAGE)));
  }

  private static Map<String, Estimate> images(JsonNode node) {
    JsonNode bounds = field(node, BOUNDS);
    Map<String, Estimate> images = new TreeMap<>();
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      // A path ends in an image's suffix, so neither of these is one.
      if (!name.equals(BOUNDS) && !name.endsWith(JsonFields.reasonKey(""))) {
        images.put(name, JsonFields.estimate(node, bounds, name));
      }
    }
    return images;
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
