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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * What the maps of several methods are divided by before they are averaged, since their scores have
 * different units: the median over the good test images of a category of a high quantile of each
 * image's map.
 *
 * @param roots the folder of each method
 * @param quantile of the scores of a map, at its own size
 */
record MapScales(List<String> roots, double quantile) {

  /**
   * The scales of a category.
   *
   * @param images how many good test images they are taken from
   * @param values one for each method, above 0
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  record OfCategory(int images, double[] values) {}

  /** Whether there are several methods. */
  boolean isNeeded() {
    return roots.size() > 1;
  }

  /**
   * Reads the maps of the good images.
   *
   * @param found the maps of the test images
   * @throws InvalidInputException if there is no good image, or a scale is not above 0
   */
  OfCategory of(List<MapRef> found, RunContext run, StageReport stages) {
    List<MapRef> good = found.stream().filter(map -> !map.image().isDefective()).toList();
    if (good.isEmpty()) {
      throw new InvalidInputException(
          "There is no good test image with maps, whose scores the maps of several methods are"
              + " divided by.");
    }
    LongAccumulator handled = stages.counter();
    stages.begin("scale maps", Counted.MAPS, good.size(), handled);
    Broadcast<SerializableConfiguration> configuration = run.configuration();
    double of = quantile;
    List<double[]> quantiles =
        run
            .spark()
            .parallelize(good, run.partitionsOf(good.size()))
            .map(
                map -> {
                  SecondPass.endIfCancelled();
                  handled.add(1);
                  return quantiles(map, of, configuration.value());
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
                    + " good images is %s, and must be above 0.",
                roots.get(method), quantile, scales[method]));
      }
    }
    return new OfCategory(quantiles.size(), scales);
  }

  /** Of each method's map; empty where one cannot be read, which the count of the maps reports. */
  private static double[] quantiles(
      MapRef map, double quantile, SerializableConfiguration configuration) {
    List<Double> quantiles = new ArrayList<>();
    try {
      for (String uri : map.files()) {
        MapPass.ReadMap read = MapPass.read(uri, configuration.value());
        quantiles.add(MapAverage.quantile(MapSource.Stored.of(read.decoded(), 0), quantile));
      }
    } catch (UnreadableFileException e) {
      return new double[0];
    }
    return quantiles.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** How the maps became one, in a sentence. */
  String note(OfCategory of) {
    return Text.format(
        "The maps of %d methods are averaged, each divided by the median over %s of the %s-quantile"
            + " of its scores: %s.",
        roots.size(),
        Text.counted(of.images(), "good test image", "good test images"),
        quantile,
        IntStream.range(0, roots.size())
            .mapToObj(method -> Text.format("%.6g (%s)", of.values()[method], roots.get(method)))
            .collect(Collectors.joining(", ")));
  }
}
