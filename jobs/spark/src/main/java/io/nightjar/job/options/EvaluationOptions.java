package io.nightjar.job.options;

import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.bank.approximate.SearchMethod;
import io.nightjar.bank.coreset.CoresetOptions;
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

    public Builder embed(EmbedOptions value) {
      this.embed = value;
      return this;
    }

    public Builder bank(BankOptions value) {
      this.bank = value;
      return this;
    }

    public Builder fit(FitOptions value) {
      this.fit = value;
      return this;
    }

    public Builder search(SearchOptions value) {
      this.search = value;
      return this;
    }

    public Builder check(SearchCheck value) {
      this.check = value;
      return this;
    }

    public Builder map(MapOptions value) {
      this.map = value;
      return this;
    }

    public Builder measure(MeasureOptions value) {
      this.measure = value;
      return this;
    }

    public Builder run(RunOptions value) {
      this.run = value;
      return this;
    }

    public Builder output(OutputOptions value) {
      this.output = value;
      return this;
    }

    public Builder device(DeviceRequest value) {
      return embed(embed.withDevice(value));
    }

    public Builder batchImages(int value) {
      return embed(embed.withBatchImages(value));
    }

    public Builder scope(BankScope value) {
      return bank(bank.withScope(value));
    }

    public Builder variance(double value) {
      return bank(bank.withVariance(value));
    }

    public Builder coreset(CoresetOptions value) {
      return bank(bank.withCoreset(value));
    }

    public Builder chunkImages(int value) {
      return fit(fit.withChunkImages(value));
    }

    public Builder trainPatches(TrainPatches value) {
      return fit(fit.withTrainPatches(value));
    }

    public Builder pcaSolver(PcaSolver value) {
      return fit(fit.withPcaSolver(value));
    }

    public Builder neighbours(int value) {
      return search(search.withNeighbours(value));
    }

    /** See {@link SearchOptions#broadcastLimit}. */
    public Builder broadcastLimit(long bytes) {
      return search(search.withBroadcastLimit(bytes));
    }

    public Builder search(SearchMethod value) {
      return search(search.withMethod(value));
    }

    /** See {@link SearchCheck#images}. */
    public Builder searchCheckImages(int value) {
      return check(new SearchCheck(value));
    }

    public Builder smoothing(double value) {
      return map(new MapOptions(value));
    }

    public Builder resolution(int value) {
      return measure(measure.withResolution(value));
    }

    /** See {@link MeasureOptions#exactMetrics}. */
    public Builder exactMetrics(boolean value) {
      return measure(measure.withExactMetrics(value));
    }

    public Builder maxQuarantined(double value) {
      return run(run.withMaxQuarantined(value));
    }

    public Builder partitions(int value) {
      return run(run.withPartitions(value));
    }

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
