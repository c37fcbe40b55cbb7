package io.nightjar.report.comparison.output;

import io.nightjar.report.Numbers;
import io.nightjar.report.comparison.CategoryComparison;
import io.nightjar.report.comparison.ImageChange;
import io.nightjar.report.comparison.RunComparison;
import io.nightjar.report.visualization.HeatMap;
import io.nightjar.report.visualization.ScoreRange;
import io.nightjar.score.AnomalyMap;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * The images of a comparison that changed most, with both anomaly maps where these are there.
 *
 * @param categories those that have any
 * @param faults sentences on maps that could not be read
 */
public record ChangedImages(List<Category> categories, List<String> faults) {
  /** The longer side of a map on the page, in pixels; larger maps are shrunk. */
  private static final int LONGEST = 112;

  /**
   * The images of a category; the colours of all their maps span one range of scores.
   *
   * @param range the scores that the colours span; empty where there are no maps
   */
  public record Category(String name, String range, List<Image> images) {}

  /**
   * One image.
   *
   * @param measure what the numbers are
   * @param change with its sign
   * @param worse whether the map became worse
   * @param baselineMap empty where there is none
   * @param candidateMap likewise
   */
  public record Image(
      String path,
      String measure,
      String baseline,
      String candidate,
      String change,
      boolean worse,
      Optional<Drawing> baselineMap,
      Optional<Drawing> candidateMap) {}

  /**
   * A map in the shape of its image.
   *
   * @param uri a PNG as a data URI
   * @param width of the image
   * @param height likewise
   */
  public record Drawing(String uri, int width, int height) {}

  /** Reads the maps of the images that changed most. */
  static ChangedImages of(RunComparison runs, Configuration configuration) {
    Set<RunMaps.Image> before = new HashSet<>();
    Set<RunMaps.Image> after = new HashSet<>();
    for (CategoryComparison category : runs.categories()) {
      for (ImageChange change : category.changes()) {
        before.add(baseline(category, change));
        after.add(candidate(category, change));
      }
    }
    RunMaps baseline = RunMaps.read(runs.baseline(), before, configuration);
    RunMaps candidate = RunMaps.read(runs.candidate(), after, configuration);
    List<String> faults = new ArrayList<>(baseline.faults());
    faults.addAll(candidate.faults());
    return new ChangedImages(
        runs.categories().stream()
            .filter(category -> !category.changes().isEmpty())
            .map(category -> category(category, baseline, candidate))
            .toList(),
        faults);
  }

  private static RunMaps.Image baseline(CategoryComparison category, ImageChange change) {
    return new RunMaps.Image(category.category(), change.pair().baseline().path());
  }

  private static RunMaps.Image candidate(CategoryComparison category, ImageChange change) {
    return new RunMaps.Image(category.category(), change.pair().candidate().path());
  }

  private static Category category(CategoryComparison category, RunMaps before, RunMaps after) {
    Optional<ScoreRange> range =
        range(
            category.changes().stream()
                .flatMap(
                    change ->
                        Stream.of(
                            before.maps().get(baseline(category, change)),
                            after.maps().get(candidate(category, change))))
                .filter(Objects::nonNull)
                .toList());
    return new Category(
        category.category(),
        range.map(r -> Numbers.fixed(r.low(), 3) + " to " + Numbers.fixed(r.high(), 3)).orElse(""),
        category.changes().stream()
            .map(
                change ->
                    image(
                        change,
                        drawing(before, baseline(category, change), range),
                        drawing(after, candidate(category, change), range)))
            .toList());
  }

  private static Optional<ScoreRange> range(List<AnomalyMap> maps) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (AnomalyMap map : maps) {
      for (float value : map.values()) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    return low <= high ? Optional.of(new ScoreRange(low, high)) : Optional.empty();
  }

  private static Image image(
      ImageChange change, Optional<Drawing> baselineMap, Optional<Drawing> candidateMap) {
    return new Image(
        change.pair().baseline().path(),
        change.ownAuprc() ? "own AUPRC" : "on the right side of",
        Numbers.fixed(change.baseline(), 4),
        Numbers.fixed(change.candidate(), 4),
        Numbers.difference(OptionalDouble.of(change.change())),
        change.change() < 0,
        baselineMap,
        candidateMap);
  }

  private static Optional<Drawing> drawing(
      RunMaps maps, RunMaps.Image image, Optional<ScoreRange> range) {
    AnomalyMap map = maps.maps().get(image);
    if (map == null || range.isEmpty()) {
      return Optional.empty();
    }
    byte[] png = HeatMap.png(RunMaps.shrunk(map, LONGEST), range.get());
    RunMaps.Shape shape = maps.shape(image);
    return Optional.of(
        new Drawing(
            "data:image/png;base64," + Base64.getEncoder().encodeToString(png),
            shape.width(),
            shape.height()));
  }
}
