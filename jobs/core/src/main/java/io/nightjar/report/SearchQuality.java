package io.nightjar.report;

import io.nightjar.metric.result.Estimate;
import io.nightjar.text.Text;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How an approximate search changed the quality of a category's result, compared with the exact
 * search on a sample of its test images.
 *
 * @param method its name on the command line
 * @param settings its settings by their names on the command line
 * @param sampleImages test images that both searched: half defective, half good where there are
 *     enough of both
 * @param sampleSeed from which they were drawn
 * @param patches of these images
 * @param recallAt1 fraction of the patches whose first neighbour is as near as the nearest row
 * @param meanRelativeError mean over the patches of (distance - exact distance) / exact distance;
 *     patches whose exact distance is zero have none
 * @param pixelAuprc of the sample, with this search
 * @param exactPixelAuprc of the sample, with the exact search
 * @param widened patches of all test images for which more rows had to be examined than the
 *     settings say
 * @param exhaustive patches of all test images that had to be compared with the whole bank
 */
public record SearchQuality(
    String method,
    Map<String, Object> settings,
    int sampleImages,
    long sampleSeed,
    long patches,
    double recallAt1,
    double meanRelativeError,
    Estimate pixelAuprc,
    Estimate exactPixelAuprc,
    long widened,
    long exhaustive) {
  /**
   * Takes an unchangeable copy.
   *
   * @param method its name on the command line
   * @param settings its settings by their names on the command line
   * @param sampleImages test images that both searched: half defective, half good where there are
   *     enough of both
   * @param sampleSeed from which they were drawn
   * @param patches of these images
   * @param recallAt1 fraction of the patches whose first neighbour is as near as the nearest row
   * @param meanRelativeError mean over the patches of (distance - exact distance) / exact distance;
   *     patches whose exact distance is zero have none
   * @param pixelAuprc of the sample, with this search
   * @param exactPixelAuprc of the sample, with the exact search
   * @param widened patches of all test images for which more rows had to be examined than the
   *     settings say
   * @param exhaustive patches of all test images that had to be compared with the whole bank
   */
  public SearchQuality {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /**
   * The sample's pixel AUPRC with this search minus that with the exact one.
   *
   * @return from -1 to 1; absent with the reason where one of them is undefined
   */
  public OptionalMetric change() {
    return pixelAuprc.isPresent() && exactPixelAuprc.isPresent()
        ? OptionalMetric.of(pixelAuprc.getAsDouble() - exactPixelAuprc.getAsDouble())
        : OptionalMetric.of(exactPixelAuprc);
  }

  /**
   * All of it for a person, in a few sentences.
   *
   * @return sentences with full stops, in one line
   */
  public String describe() {
    return Text.format(
            "Approximate search %s (%s), compared with the exact search on %s (seed %d, %s): ",
            method,
            settings.entrySet().stream()
                .map(e -> e.getKey().replace('_', '-') + " " + e.getValue())
                .collect(Collectors.joining(", ")),
            Numbers.counted(sampleImages, "test image", "test images"),
            sampleSeed,
            Numbers.counted(patches, "patch", "patches"))
        + Text.format(
            "recall@1 %s, mean relative error of the distance %s; %s.",
            Numbers.fixed(recallAt1, 4), Numbers.fixed(meanRelativeError, 5), auprc())
        + fallbacks();
  }

  private String auprc() {
    OptionalMetric change = change();
    return change.isPresent()
        ? Text.format(
            "pixel AUPRC of the sample %s, exact %s (%s)",
            Numbers.metric(pixelAuprc.asOptional()),
            Numbers.metric(exactPixelAuprc.asOptional()),
            Numbers.difference(change.value()))
        : "no pixel AUPRC of the sample: " + change.reason();
  }

  private String fallbacks() {
    return widened + exhaustive == 0
        ? ""
        : Text.format(
                " Of all test patches %s found too few rows and looked further, %s were compared with the",
                Numbers.count(widened), Numbers.count(exhaustive))
            + " whole bank.";
  }
}
