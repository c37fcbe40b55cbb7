package io.nightjar.report.json;

import io.nightjar.json.JsonDocument;
import io.nightjar.metric.result.CurvePoint;
import io.nightjar.metric.result.Curves;
import io.nightjar.metric.result.Estimate;
import io.nightjar.report.CategoryResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * {@code curves/<category>.json}: the category's curves as arrays of one length, {@code threshold},
 * {@code recall}, {@code precision}, {@code fpr} and {@code pro}, from the highest threshold down,
 * and {@code aupimo_by_image}: path of each defective image to its AUPIMO, next to the bounds of
 * those that are not exact and the reasons of those that do not exist. A number that JSON does not
 * know is {@code null}: an infinite threshold, an overlap where there is no region.
 */
final class CurvesJson {
  /** What the file holds next to the category's name. */
  record Content(Curves curves, Map<String, Estimate> aupimoByImage) {}

  /** The file. */
  record Document(
      String category,
      List<Double> threshold,
      List<Double> recall,
      List<Double> precision,
      List<Double> fpr,
      List<Double> pro,
      Map<String, Double> aupimoByImage,
      Map<String, List<Double>> aupimoByImageBounds,
      Map<String, String> aupimoByImageReasons) {

    Content content() {
      List<CurvePoint> points = new ArrayList<>();
      for (int i = 0; i < threshold.size(); i++) {
        points.add(
            new CurvePoint(
                number(threshold, i, Double.POSITIVE_INFINITY),
                number(recall, i, Double.NaN),
                number(precision, i, Double.NaN),
                number(fpr, i, Double.NaN),
                number(pro, i, Double.NaN)));
      }
      Map<String, Estimate> images = new TreeMap<>();
      aupimoByImage.forEach((path, value) -> images.put(path, image(path, value)));
      return new Content(new Curves(points), images);
    }

    private static double number(List<Double> numbers, int i, double ofNull) {
      if (i >= numbers.size()) {
        throw new IllegalArgumentException("its curves differ in length");
      }
      Double number = numbers.get(i);
      return number == null ? ofNull : number;
    }

    private Estimate image(String path, Double value) {
      if (value == null) {
        String reason = aupimoByImageReasons.get(path);
        if (reason == null) {
          throw new IllegalArgumentException("it has neither an AUPIMO nor a reason for " + path);
        }
        return new Estimate.Undefined(reason);
      }
      List<Double> bounds = aupimoByImageBounds.get(path);
      return bounds == null ? Figures.known(value) : Figures.known(value, bounds, path);
    }
  }

  private CurvesJson() {}

  static Document document(CategoryResult category) {
    List<CurvePoint> points = category.metrics().curves().points();
    Map<String, Double> values = new LinkedHashMap<>();
    Map<String, List<Double>> bounds = new LinkedHashMap<>();
    Map<String, String> reasons = new LinkedHashMap<>();
    category
        .metrics()
        .aupimoByImage()
        .forEach(
            (path, estimate) -> {
              if (estimate instanceof Estimate.Undefined undefined) {
                values.put(path, null);
                reasons.put(path, undefined.reason());
              } else {
                values.put(path, estimate.getAsDouble());
                Figures.bounds(estimate).ifPresent(pair -> bounds.put(path, pair));
              }
            });
    return new Document(
        category.category(),
        coordinates(points, CurvePoint::threshold),
        coordinates(points, CurvePoint::recall),
        coordinates(points, CurvePoint::precision),
        coordinates(points, CurvePoint::fpr),
        coordinates(points, CurvePoint::pro),
        values,
        bounds,
        reasons);
  }

  private static List<Double> coordinates(
      List<CurvePoint> points, ToDoubleFunction<CurvePoint> coordinate) {
    List<Double> coordinates = new ArrayList<>();
    for (CurvePoint point : points) {
      double value = coordinate.applyAsDouble(point);
      coordinates.add(Double.isFinite(value) ? value : null);
    }
    return coordinates;
  }

  /** What {@link #document} describes. */
  static Content read(String json) {
    return JsonDocument.parse(json).as(Document.class).content();
  }
}
