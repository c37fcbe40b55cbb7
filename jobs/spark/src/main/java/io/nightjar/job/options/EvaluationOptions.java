package io.nightjar.job.options;

import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.bank.approximate.SearchMethod;
import io.nightjar.bank.coreset.CoresetOptions;
import io.nightjar.dataset.MaskValues;
import io.nightjar.error.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a data set is evaluated, by concern; the defaults are the method as published.
 *
 * @param embed how images go through the backbone
 * @param bank which rows the banks have that are built
 * @param fit how those banks are fitted
 * @param search how test patches are compared with the banks
 * @param check how an approximate search is compared with the exact one
 * @param map how distances become maps
 * @param measure how maps are compared with masks
 * @param run how the cluster is used
 * @param output what is drawn
 */
public record EvaluationOptions(
    EmbedOptions embed,
    BankOptions bank,
    FitOptions fit,
    SearchOptions search,
    SearchCheck check,
    MapOptions map,
    MeasureOptions measure,
    RunOptions run,
    OutputOptions output) {
  /** The method as published, on all images, with nothing drawn. */
  public static final EvaluationOptions DEFAULT =
      new EvaluationOptions(
          EmbedOptions.DEFAULT,
          BankOptions.DEFAULT,
          FitOptions.DEFAULT,
          SearchOptions.DEFAULT,
          SearchCheck.DEFAULT,
          MapOptions.DEFAULT,
          MeasureOptions.DEFAULT,
          RunOptions.DEFAULT,
          OutputOptions.DEFAULT);

  /**
   * @throws InvalidInputException if a chunk does not hold one batch
   */
  public EvaluationOptions {
    fit.requireRoomFor(embed);
  }

  /** A builder that begins with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Every option by its name in {@code run.json}, where banks are built. */
  public Map<String, Object> asMap() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.putAll(bank.asMap());
    options.putAll(fit.asMap());
    options.putAll(withStoredBanks());
    return options;
  }

  /** Every option by its name in {@code run.json}, where stored banks are compared with. */
  public Map<String, Object> withStoredBanks() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.putAll(embed.asMap());
    options.putAll(search.asMap());
    options.putAll(check.asMap(search));
    options.putAll(map.asMap());
    options.putAll(measure.asMap());
    options.putAll(run.asMap());
    options.putAll(output.asMap());
    return options;
  }

  /** Collects options, one by one or by concern; a value out of range is refused at once. */
  public static final class Builder {
    private EmbedOptions embed = EmbedOptions.DEFAULT;
    private BankOptions bank = BankOptions.DEFAULT;
    private FitOptions fit = FitOptions.DEFAULT;
    private SearchOptions search = SearchOptions.DEFAULT;
    private SearchCheck check = SearchCheck.DEFAULT;
    private MapOptions map = MapOptions.DEFAULT;
    private MeasureOptions measure = MeasureOptions.DEFAULT;
    private RunOptions run = RunOptions.DEFAULT;
    private OutputOptions output = OutputOptions.DEFAULT;

    private Builder() {}

    /** How images go through the backbone. */
    public Builder embed(EmbedOptions value) {
      this.embed = value;
      return this;
    }

    /** Which rows the banks have that are built. */
    public Builder bank(BankOptions value) {
      this.bank = value;
      return this;
    }

    /** How banks are fitted to their normal images. */
    public Builder fit(FitOptions value) {
      this.fit = value;
      return this;
    }

    /** How patches are compared with the banks. */
    public Builder search(SearchOptions value) {
      this.search = value;
      return this;
    }

    /** How an approximate search is compared with the exact one. */
    public Builder check(SearchCheck value) {
      this.check = value;
      return this;
    }

    /** How distances become maps. */
    public Builder map(MapOptions value) {
      this.map = value;
      return this;
    }

    /** How maps are compared with masks. */
    public Builder measure(MeasureOptions value) {
      this.measure = value;
      return this;
    }

    /** How the cluster is used. */
    public Builder run(RunOptions value) {
      this.run = value;
      return this;
    }

    /** What is drawn. */
    public Builder output(OutputOptions value) {
      this.output = value;
      return this;
    }

    /** See {@link EmbedOptions#device}. */
    public Builder device(DeviceRequest value) {
      return embed(embed.withDevice(value));
    }

    /** See {@link EmbedOptions#batchImages}. */
    public Builder batchImages(int value) {
      return embed(embed.withBatchImages(value));
    }

    /** See {@link EmbedOptions#whiteLevel}. */
    public Builder whiteLevel(int value) {
      return embed(embed.withWhiteLevel(value));
    }

    /** See {@link BankOptions#scope}. */
    public Builder scope(BankScope value) {
      return bank(bank.withScope(value));
    }

    /** See {@link BankOptions#variance}. */
    public Builder variance(double value) {
      return bank(bank.withVariance(value));
    }

    /** See {@link BankOptions#coreset}. */
    public Builder coreset(CoresetOptions value) {
      return bank(bank.withCoreset(value));
    }

    /** See {@link FitOptions#chunkImages}. */
    public Builder chunkImages(int value) {
      return fit(fit.withChunkImages(value));
    }

    /** See {@link FitOptions#trainPatches}. */
    public Builder trainPatches(TrainPatches value) {
      return fit(fit.withTrainPatches(value));
    }

    /** See {@link FitOptions#pcaSolver}. */
    public Builder pcaSolver(PcaSolver value) {
      return fit(fit.withPcaSolver(value));
    }

    /** See {@link SearchOptions#neighbours}. */
    public Builder neighbours(int value) {
      return search(search.withNeighbours(value));
    }

    /** See {@link SearchOptions#broadcastLimit}. */
    public Builder broadcastLimit(long bytes) {
      return search(search.withBroadcastLimit(bytes));
    }

    /** See {@link SearchOptions#method}. */
    public Builder search(SearchMethod value) {
      return search(search.withMethod(value));
    }

    /** See {@link SearchCheck#images}. */
    public Builder searchCheckImages(int value) {
      return check(new SearchCheck(value));
    }

    /** See {@link MapOptions#smoothing}. */
    public Builder smoothing(double value) {
      return map(new MapOptions(value));
    }

    /** See {@link MeasureOptions#resolution}. */
    public Builder resolution(int value) {
      return measure(measure.withResolution(value));
    }

    /** See {@link MeasureOptions#exactMetrics}. */
    public Builder exactMetrics(boolean value) {
      return measure(measure.withExactMetrics(value));
    }

    /** See {@link MeasureOptions#maskValues}. */
    public Builder maskValues(MaskValues value) {
      return measure(measure.withMaskValues(value));
    }

    /** See {@link RunOptions#maxQuarantined}. */
    public Builder maxQuarantined(double value) {
      return run(run.withMaxQuarantined(value));
    }

    /** See {@link RunOptions#partitions}. */
    public Builder partitions(int value) {
      return run(run.withPartitions(value));
    }

    /** See {@link RunOptions#concurrentCategories}. */
    public Builder concurrentCategories(int value) {
      return run(run.withConcurrentCategories(value));
    }

    /** See {@link OutputOptions#visualizations}. */
    public Builder visualizations(int value) {
      return output(new OutputOptions(value));
    }

    /**
     * The options together.
     *
     * @throws InvalidInputException if a chunk does not hold one batch
     */
    public EvaluationOptions build() {
      return new EvaluationOptions(embed, bank, fit, search, check, map, measure, run, output);
    }
  }
}
