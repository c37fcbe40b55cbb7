package io.nightjar.job.evaluate;

import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.dataset.map.MapRef;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.measure.MapSource;
import io.nightjar.job.measure.SecondPass;
import io.nightjar.job.options.StageWork.Counted;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.run.StageReport;
import io.nightjar.score.MapAverage;
import io.nightjar.text.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * What the maps of several methods are divided by before they are averaged, since their scores have
 * different units: the median over normal images of a category of a high quantile of each image's
 * map, at its own size, or given numbers. Normal images are those that have maps of their own, or
 * the good test images.
 *
 * @param roots the folder of each method
 * @param normal the maps of each normal image, one of each method; empty where the good test images
 *     serve
 */
record MapScales(List<String> roots, ScaleRule rule, List<List<String>> normal) {

  /**
   * The scales of a category.
   *
   * @param images how many images they are taken from; 0 where they are given
   * @param values one for each method, above 0
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  record OfCategory(int images, double[] values) {}

  /** Whether there are several methods. */
  boolean isNeeded() {
    return roots.size() > 1;
  }

  /**
   * Reads the maps of normal images, unless the scales are given.
   *
   * @param found the maps of the test images
   * @throws InvalidInputException if there is no normal image, one of those with maps of their own
   *     has none that can be used, or a scale is not above 0
   */
  OfCategory of(List<MapRef> found, RunContext run, StageReport stages) {
    if (!rule.given().isEmpty()) {
      return new OfCategory(0, rule.given().stream().mapToDouble(Double::doubleValue).toArray());
    }
    List<List<String>> images =
        isOfTestImages()
            ? found.stream().filter(map -> !map.image().isDefective()).map(MapRef::files).toList()
            : normal;
    if (images.isEmpty()) {
      throw new InvalidInputException(
          "There is no good test image with maps, whose scores the maps of several methods are"
              + " divided by.");
    }
    LongAccumulator handled = stages.counter();
    stages.begin("scale maps", Counted.MAPS, images.size(), handled);
    Broadcast<SerializableConfiguration> configuration = run.configuration();
    double of = rule.quantile();
    boolean isRequired = !isOfTestImages();
    List<double[]> quantiles =
        run
            .spark()
            .parallelize(images, run.partitionsOf(images.size()))
            .map(
                files -> {
                  SecondPass.endIfCancelled();
                  handled.add(1);
                  return quantiles(files, of, isRequired, configuration.value());
                })
            .collect()
            .stream()
            .filter(ofImage -> ofImage.length > 0)
            .toList();
    if (quantiles.isEmpty()) {
      throw new InvalidInputException(
          "No good test image has maps that can be read, whose scores the maps of several methods"
              + " are divided by.");
    }
    double[] scales =
        IntStream.range(0, roots.size())
            .mapToDouble(
                method ->
                    MapAverage.median(
                        quantiles.stream().mapToDouble(ofImage -> ofImage[method]).toArray()))
            .toArray();
    for (int method = 0; method < scales.length; method++) {
      if (!(scales[method] > 0) || Double.isInfinite(scales[method])) {
        throw new InvalidInputException(
            Text.format(
                "The maps in %s cannot be averaged with others: the %s-quantile of the scores of"
                    + " %s images is %s, and must be above 0.",
                roots.get(method),
                rule.quantile(),
                isOfTestImages() ? "good" : "normal",
                scales[method]));
      }
    }
    return new OfCategory(quantiles.size(), scales);
  }

  private boolean isOfTestImages() {
    return rule.folder().isEmpty();
  }

  /**
   * Of each method's map.
   *
   * @param isRequired whether all must be there; otherwise nothing is returned where one cannot be
   *     read, which the count of the maps reports
   */
  private static double[] quantiles(
      List<String> files,
      double quantile,
      boolean isRequired,
      SerializableConfiguration configuration) {
    double[] quantiles = new double[files.size()];
    try {
      for (int method = 0; method < quantiles.length; method++) {
        MapPass.ReadMap read = MapPass.read(files.get(method), configuration.value());
        quantiles[method] = MapAverage.quantile(MapSource.Stored.of(read.decoded(), 0), quantile);
        if (isRequired && Double.isNaN(quantiles[method])) {
          throw new InvalidInputException(
              Text.format(
                  "The anomaly map %s of a normal image holds NaN; make it again, or remove it from"
                      + " all folders.",
                  files.get(method)));
        }
      }
    } catch (UnreadableFileException e) {
      if (isRequired) {
        throw new InvalidInputException(e.reason(), e);
      }
      return new double[0];
    }
    return quantiles;
  }

  /** For {@code run.json}, by the folder of each method. */
  Map<String, Object> describe(OfCategory of) {
    Map<String, Object> described = new LinkedHashMap<>();
    for (int method = 0; method < roots.size(); method++) {
      Map<String, Object> scale = new LinkedHashMap<>();
      scale.put("scale", of.values()[method]);
      scale.put("images", of.images());
      described.put(roots.get(method), scale);
    }
    return described;
  }

  /** How the maps became one, in a sentence. */
  String note(OfCategory of) {
    String values =
        IntStream.range(0, roots.size())
            .mapToObj(method -> Text.format("%.6g (%s)", of.values()[method], roots.get(method)))
            .collect(Collectors.joining(", "));
    return rule.given().isEmpty()
        ? Text.format(
            "The maps of %d methods are averaged, each divided by the median over %s of the"
                + " %s-quantile of its scores: %s.",
            roots.size(),
            isOfTestImages()
                ? Text.counted(of.images(), "good test image", "good test images")
                : Text.counted(of.images(), "normal image", "normal images"),
            rule.quantile(),
            values)
        : Text.format(
            "The maps of %d methods are averaged, each divided by a given number: %s.",
            roots.size(), values);
  }
}
