package io.nightjar.job.options;

import static io.nightjar.job.options.MeasureOptions.require;

import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.bank.approximate.ExactMethod;
import io.nightjar.bank.approximate.SearchMethod;
import io.nightjar.bank.coreset.CoresetOptions;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a data set is evaluated; the defaults are the method as published. */
public final class EvaluationOptions {
  private final BankScope scope;
  private final double variance;
  private final CoresetOptions coreset;
  private final int neighbours;
  private final int batchImages;
  private final int chunkImages;
  private final long broadcastLimit;
  private final TrainPatches trainPatches;
  private final PcaSolver pcaSolver;
  private final SearchMethod search;
  private final int searchCheckImages;
  private final DeviceRequest device;
  private final MeasureOptions measure;

  private EvaluationOptions(Builder builder) {
    this.scope = builder.scope;
    this.variance = builder.variance;
    this.coreset = builder.coreset;
    this.neighbours = builder.neighbours;
    this.batchImages = builder.batchImages;
    this.chunkImages = builder.chunkImages;
    this.broadcastLimit = builder.broadcastLimit;
    this.trainPatches = builder.trainPatches;
    this.pcaSolver = builder.pcaSolver;
    this.search = builder.search;
    this.searchCheckImages = builder.searchCheckImages;
    this.device = builder.device;
    this.measure = builder.measure.build();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Whose normal images make a bank. */
  public BankScope scope() {
    return scope;
  }

  /** Share of the variance that the kept principal components reach, in (0, 1]. */
  public double variance() {
    return variance;
  }

  /** How much of the bank is kept. */
  public CoresetOptions coreset() {
    return coreset;
  }

  /** Nearest bank rows whose mean distance is a patch's score, at least 1. */
  public int neighbours() {
    return neighbours;
  }

  /** How the maps are measured. */
  public MeasureOptions measure() {
    return measure;
  }

  /** Images in one pass through the backbone. */
  public int batchImages() {
    return batchImages;
  }

  /** Images in one unit of work; sums are combined chunk by chunk, so results depend on it. */
  public int chunkImages() {
    return chunkImages;
  }

  /**
   * The largest memory bank, in bytes of its rows, that every executor holds as a whole; a larger
   * one is searched in shards. Results do not change.
   */
  public long broadcastLimit() {
    return broadcastLimit;
  }

  /**
   * Refuses a broadcast limit below one row of a bank.
   *
   * @throws InvalidInputException if the broadcast limit may not hold one row
   */
  public void requireRoomForARow(int channels) {
    long row = (long) channels * Float.BYTES;
    if (broadcastLimit < row) {
      throw new InvalidInputException(
          Text.format(
              "The option --broadcast-limit is %d bytes, but one row of a memory bank can take %d (%d channels of 4 bytes); it must be at least that.",
              broadcastLimit, row, channels));
    }
  }

  public TrainPatches trainPatches() {
    return trainPatches;
  }

  public PcaSolver pcaSolver() {
    return pcaSolver;
  }

  /** How the nearest bank rows are searched. */
  public SearchMethod search() {
    return search;
  }

  /** Test images of a category on which an approximate search is held against the exact one. */
  public int searchCheckImages() {
    return searchCheckImages;
  }

  public DeviceRequest device() {
    return device;
  }

  /** Every option by the name the command line gives it, for the run's manifest. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("scope", scope.id());
    map.put("variance", variance);
    map.put("coreset", coreset.ratio());
    map.put("coreset_method", coreset.method().id());
    map.put("coreset_seed", coreset.seed());
    map.put("neighbours", neighbours);
    map.put("batch_images", batchImages);
    map.put("chunk_images", chunkImages);
    map.put("broadcast_limit", broadcastLimit);
    map.put("train_patches", trainPatches.name().toLowerCase(java.util.Locale.ROOT));
    map.put("pca_solver", pcaSolver.name().toLowerCase(java.util.Locale.ROOT));
    map.put("search", search.name());
    if (!search.isExact()) {
      map.putAll(search.settings());
      map.put("search_check_images", searchCheckImages);
    }
    map.put("device", device.name().toLowerCase(java.util.Locale.ROOT));
    map.putAll(measure.asMap());
    return map;
  }

  /** {@link #asMap} where a stored bank is used: what made the bank is told with the bank. */
  public Map<String, Object> withoutFit() {
    Map<String, Object> map = asMap();
    map.keySet()
        .removeAll(List.of("scope", "variance", "chunk_images", "train_patches", "pca_solver"));
    return map;
  }

  /** {@link #withoutFit} where nothing is known of the images: nothing is measured. */
  public Map<String, Object> withoutTruth() {
    Map<String, Object> map = withoutFit();
    map.keySet().removeAll(List.of("resolution", "exact_metrics"));
    return map;
  }

  /** The same with another share of the variance. */
  public EvaluationOptions withVariance(double share) {
    return builder()
        .variance(share)
        .neighbours(neighbours)
        .batchImages(batchImages)
        .chunkImages(chunkImages)
        .trainPatches(trainPatches)
        .pcaSolver(pcaSolver)
        .device(device)
        .measure(measure)
        .build();
  }

  /** Collects options; {@link #build} refuses values out of range with a sentence. */
  public static final class Builder {
    private BankScope scope = BankScope.CATEGORY;
    private double variance = 0.95;
    private CoresetOptions coreset = CoresetOptions.FULL;
    private int neighbours = 1;
    private int batchImages = 8;
    private int chunkImages = 16;
    private long broadcastLimit = 2L << 30;
    private TrainPatches trainPatches = TrainPatches.AUTO;
    private PcaSolver pcaSolver = PcaSolver.BLOCKED;
    private SearchMethod search = new ExactMethod();
    private int searchCheckImages = 8;
    private DeviceRequest device = DeviceRequest.AUTO;
    private MeasureOptions.Builder measure = MeasureOptions.builder();

    private Builder() {}

    public Builder scope(BankScope value) {
      this.scope = value;
      return this;
    }

    public Builder variance(double value) {
      this.variance = value;
      return this;
    }

    public Builder coreset(CoresetOptions value) {
      this.coreset = value;
      return this;
    }

    public Builder neighbours(int value) {
      this.neighbours = value;
      return this;
    }

    public Builder smoothing(double value) {
      measure.smoothing(value);
      return this;
    }

    public Builder resolution(int value) {
      measure.resolution(value);
      return this;
    }

    public Builder maxQuarantined(double value) {
      measure.maxQuarantined(value);
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
      measure.partitions(value);
      return this;
    }

    public Builder concurrentCategories(int value) {
      measure.concurrentCategories(value);
      return this;
    }

    /** See {@link EvaluationOptions#broadcastLimit}. */
    public Builder broadcastLimit(long bytes) {
      this.broadcastLimit = bytes;
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

    public Builder search(SearchMethod value) {
      this.search = value;
      return this;
    }

    /** See {@link EvaluationOptions#searchCheckImages}. */
    public Builder searchCheckImages(int value) {
      this.searchCheckImages = value;
      return this;
    }

    public Builder device(DeviceRequest value) {
      this.device = value;
      return this;
    }

    /** Sets all that {@link MeasureOptions} has. */
    public Builder measure(MeasureOptions value) {
      measure = value.toBuilder();
      return this;
    }

    /** See {@link MeasureOptions#exactMetrics}. */
    public Builder exactMetrics(boolean value) {
      measure.exactMetrics(value);
      return this;
    }

    public Builder pictures(int value) {
      measure.pictures(value);
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
      require(batchImages >= 1 && batchImages <= 1024, "batch-images", batchImages, "1 to 1024");
      require(
          chunkImages >= batchImages && chunkImages <= 4096,
          "chunk-images",
          chunkImages,
          "at least batch-images (" + batchImages + ") and at most 4096");
      require(searchCheckImages >= 1, "search-check-images", searchCheckImages, "at least 1");
      return new EvaluationOptions(this);
    }
  }
}
