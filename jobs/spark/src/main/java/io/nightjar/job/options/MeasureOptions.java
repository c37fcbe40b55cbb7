package io.nightjar.job.options;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How anomaly maps are measured against masks, whoever made the maps.
 *
 * @param smoothing Gaussian sigma in pixels of the network's input, scaled with the map; 0 for none
 * @param resolution side of the square that maps and masks are compared at; empty for each mask's
 *     own size
 * @param exactMetrics whether the pooled pixel metrics come from the scores themselves, not from
 *     bins
 * @param maxQuarantined share of a category's images that may be quarantined before the category
 *     fails, in [0, 1]
 * @param partitions Spark partitions for a pass over a category; empty for a choice by the work.
 *     Results do not change.
 * @param concurrentCategories categories measured at the same time; empty for a choice by the
 *     cluster's size
 * @param pictures best and worst images to draw, each, for a category
 */
public record MeasureOptions(
    double smoothing,
    OptionalInt resolution,
    boolean exactMetrics,
    double maxQuarantined,
    OptionalInt partitions,
    OptionalInt concurrentCategories,
    int pictures) {

  /**
   * @throws InvalidInputException naming the first option that is out of range
   */
  public MeasureOptions {
    require(smoothing >= 0 && smoothing <= 1000, "smoothing", smoothing, "0 to 1000 pixels");
    int side = resolution.orElse(1);
    require(side >= 1 && side <= 16_384, "resolution", side, "\"original\" or 1 to 16384 pixels");
    require(
        maxQuarantined >= 0 && maxQuarantined <= 1, "max-quarantined", maxQuarantined, "0 to 1");
    require(partitions.orElse(1) >= 1, "partitions", partitions.orElse(1), "at least 1");
    require(
        concurrentCategories.orElse(1) >= 1,
        "concurrent-categories",
        concurrentCategories.orElse(1),
        "at least 1");
    require(pictures >= 0, "pictures", pictures, "0 or more");
  }

  public static Builder builder() {
    return new Builder();
  }

  Builder toBuilder() {
    Builder builder = new Builder();
    builder.smoothing = smoothing;
    builder.resolution = resolution;
    builder.exactMetrics = exactMetrics;
    builder.maxQuarantined = maxQuarantined;
    builder.partitions = partitions;
    builder.concurrentCategories = concurrentCategories;
    builder.pictures = pictures;
    return builder;
  }

  /** "original", or the side in pixels. */
  public String resolutionName() {
    return resolution.isPresent() ? Integer.toString(resolution.getAsInt()) : "original";
  }

  /** Every option by the name the command line gives it, for the run's manifest. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("smoothing", smoothing);
    map.put("resolution", resolutionName());
    map.put("exact_metrics", exactMetrics);
    map.put("max_quarantined", maxQuarantined);
    map.put("partitions", partitions.isPresent() ? partitions.getAsInt() : "auto");
    map.put(
        "concurrent_categories",
        concurrentCategories.isPresent() ? concurrentCategories.getAsInt() : "auto");
    map.put("pictures", pictures);
    return map;
  }

  static void require(boolean holds, String option, Object value, String range) {
    if (!holds) {
      throw new InvalidInputException(
          Text.format("The option --%s is %s; it must be %s.", option, value, range));
    }
  }

  /** Collects options; {@link #build} refuses values out of range with a sentence. */
  public static final class Builder {
    private double smoothing;
    private OptionalInt resolution = OptionalInt.empty();
    private boolean exactMetrics;
    private double maxQuarantined = 0.01;
    private OptionalInt partitions = OptionalInt.empty();
    private OptionalInt concurrentCategories = OptionalInt.empty();
    private int pictures;

    private Builder() {}

    public Builder smoothing(double value) {
      this.smoothing = value;
      return this;
    }

    public Builder resolution(int value) {
      this.resolution = OptionalInt.of(value);
      return this;
    }

    public Builder exactMetrics(boolean value) {
      this.exactMetrics = value;
      return this;
    }

    public Builder maxQuarantined(double value) {
      this.maxQuarantined = value;
      return this;
    }

    public Builder partitions(int value) {
      this.partitions = OptionalInt.of(value);
      return this;
    }

    public Builder concurrentCategories(int value) {
      this.concurrentCategories = OptionalInt.of(value);
      return this;
    }

    public Builder pictures(int value) {
      this.pictures = value;
      return this;
    }

    /**
     * Checks every option.
     *
     * @throws InvalidInputException naming the first option that is out of range
     */
    public MeasureOptions build() {
      return new MeasureOptions(
          smoothing,
          resolution,
          exactMetrics,
          maxQuarantined,
          partitions,
          concurrentCategories,
          pictures);
    }
  }
}
