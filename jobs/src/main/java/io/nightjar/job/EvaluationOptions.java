package io.nightjar.job;

import io.nightjar.backbone.DeviceRequest;
import io.nightjar.error.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** How a data set is evaluated; the defaults are the method as published. */
public final class EvaluationOptions {
  private final double variance;
  private final int neighbours;
  private final double smoothing;
  private final OptionalInt resolution;
  private final double maxQuarantined;
  private final int batchImages;
  private final int chunkImages;
  private final OptionalInt partitions;
  private final OptionalInt concurrentCategories;
  private final TrainPatches trainPatches;
  private final PcaSolver pcaSolver;
  private final DeviceRequest device;
  private final int pictures;

  private EvaluationOptions(Builder builder) {
    this.variance = builder.variance;
    this.neighbours = builder.neighbours;
    this.smoothing = builder.smoothing;
    this.resolution = builder.resolution;
    this.maxQuarantined = builder.maxQuarantined;
    this.batchImages = builder.batchImages;
    this.chunkImages = builder.chunkImages;
    this.partitions = builder.partitions;
    this.concurrentCategories = builder.concurrentCategories;
    this.trainPatches = builder.trainPatches;
    this.pcaSolver = builder.pcaSolver;
    this.device = builder.device;
    this.pictures = builder.pictures;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Share of the variance that the kept principal components reach, in (0, 1]. */
  public double variance() {
    return variance;
  }

  /** Nearest bank rows whose mean distance is a patch's score, at least 1. */
  public int neighbours() {
    return neighbours;
  }

  /** Gaussian sigma in pixels of the network's input, scaled with the map; 0 for none. */
  public double smoothing() {
    return smoothing;
  }

  /** Side of the square that maps and masks are compared at; empty for each mask's own size. */
  public OptionalInt resolution() {
    return resolution;
  }

  /** Share of a category's images that may be quarantined before the category fails, in [0, 1]. */
  public double maxQuarantined() {
    return maxQuarantined;
  }

  /** Images in one pass through the trunk. */
  public int batchImages() {
    return batchImages;
  }

  /** Images in one unit of work; sums are combined chunk by chunk, so results depend on it. */
  public int chunkImages() {
    return chunkImages;
  }

  /** Spark partitions for a pass over a category; empty for one a chunk. Results do not change. */
  public OptionalInt partitions() {
    return partitions;
  }

  /** Categories evaluated at the same time; empty for a choice by the cluster's size. */
  public OptionalInt concurrentCategories() {
    return concurrentCategories;
  }

  public TrainPatches trainPatches() {
    return trainPatches;
  }

  public PcaSolver pcaSolver() {
    return pcaSolver;
  }

  public DeviceRequest device() {
    return device;
  }

  /** Best and worst images to draw, each, for a category. */
  public int pictures() {
    return pictures;
  }

  /** "original", or the side in pixels. */
  public String resolutionName() {
    return resolution.isPresent() ? Integer.toString(resolution.getAsInt()) : "original";
  }

  /** Every option by the name the command line gives it, for the run's manifest. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("variance", variance);
    map.put("neighbours", neighbours);
    map.put("smoothing", smoothing);
    map.put("resolution", resolutionName());
    map.put("max_quarantined", maxQuarantined);
    map.put("batch_images", batchImages);
    map.put("chunk_images", chunkImages);
    map.put("partitions", partitions.isPresent() ? partitions.getAsInt() : "auto");
    map.put(
        "concurrent_categories",
        concurrentCategories.isPresent() ? concurrentCategories.getAsInt() : "auto");
    map.put("train_patches", trainPatches.name().toLowerCase(java.util.Locale.ROOT));
    map.put("pca_solver", pcaSolver.name().toLowerCase(java.util.Locale.ROOT));
    map.put("device", device.name().toLowerCase(java.util.Locale.ROOT));
    map.put("pictures", pictures);
    return map;
  }

  /** Collects options; {@link #build} refuses values out of range with a sentence. */
  public static final class Builder {
    private double variance = 0.95;
    private int neighbours = 1;
    private double smoothing;
    private OptionalInt resolution = OptionalInt.empty();
    private double maxQuarantined = 0.01;
    private int batchImages = 8;
    private int chunkImages = 32;
    private OptionalInt partitions = OptionalInt.empty();
    private OptionalInt concurrentCategories = OptionalInt.empty();
    private TrainPatches trainPatches = TrainPatches.KEEP;
    private PcaSolver pcaSolver = PcaSolver.BLOCKED;
    private DeviceRequest device = DeviceRequest.AUTO;
    private int pictures;

    private Builder() {}

    public Builder variance(double value) {
      this.variance = value;
      return this;
    }

    public Builder neighbours(int value) {
      this.neighbours = value;
      return this;
    }

    public Builder smoothing(double value) {
      this.smoothing = value;
      return this;
    }

    public Builder resolution(int value) {
      this.resolution = OptionalInt.of(value);
      return this;
    }

    public Builder maxQuarantined(double value) {
      this.maxQuarantined = value;
      return this;
    }

    public Builder batchImages(int value) {
      this.batchImages = value;
      return this;
    }

    public Builder chunkImages(int value) {
      this.chunkImages = value;
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

    public Builder trainPatches(TrainPatches value) {
      this.trainPatches = value;
      return this;
    }

    public Builder pcaSolver(PcaSolver value) {
      this.pcaSolver = value;
      return this;
    }

    public Builder device(DeviceRequest value) {
      this.device = value;
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
    public EvaluationOptions build() {
      require(variance > 0 && variance <= 1, "variance", variance, "above 0 and at most 1");
      require(neighbours >= 1, "neighbours", neighbours, "at least 1");
      require(smoothing >= 0 && smoothing <= 1000, "smoothing", smoothing, "0 to 1000 pixels");
      int side = resolution.orElse(1);
      require(side >= 1 && side <= 16_384, "resolution", side, "\"original\" or 1 to 16384 pixels");
      require(
          maxQuarantined >= 0 && maxQuarantined <= 1, "max-quarantined", maxQuarantined, "0 to 1");
      require(batchImages >= 1 && batchImages <= 1024, "batch-images", batchImages, "1 to 1024");
      require(
          chunkImages >= batchImages && chunkImages <= 4096,
          "chunk-images",
          chunkImages,
          "at least batch-images (" + batchImages + ") and at most 4096");
      require(partitions.orElse(1) >= 1, "partitions", partitions.orElse(1), "at least 1");
      require(
          concurrentCategories.orElse(1) >= 1,
          "concurrent-categories",
          concurrentCategories.orElse(1),
          "at least 1");
      require(pictures >= 0, "pictures", pictures, "0 or more");
      return new EvaluationOptions(this);
    }

    private static void require(boolean holds, String option, Object value, String range) {
      if (!holds) {
        throw new InvalidInputException(
            "The option --%s is %s; it must be %s.".formatted(option, value, range));
      }
    }
  }
}
