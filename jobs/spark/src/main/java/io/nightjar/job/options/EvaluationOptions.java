package io.nightjar.job.options;

import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.bank.approximate.SearchMethod;
import io.nightjar.bank.coreset.CoresetOptions;
import io.nightjar.dataset.MaskValues;
import io.nightjar.error.InvalidInputException;
import io.nightjar.pca.components.StageWeights;
import io.nightjar.score.ImageScoreKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

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
   * Checks that a chunk holds a batch.
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
   * @throws InvalidInputException if a chunk does not hold one batch
   */
  public EvaluationOptions {
    fit.requireRoomFor(embed);
  }

  /**
   * A builder that begins with the defaults.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Every option by its name in {@code run.json}, where banks are built.
   *
   * @return values by name, in a fixed order
   */
  public Map<String, Object> asMap() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.putAll(bank.asMap());
    options.putAll(fit.asMap());
    options.putAll(withStoredBanks());
    return options;
  }

  /**
   * Every option by its name in {@code run.json}, where stored banks are compared with.
   *
   * @return values by name, in a fixed order, without those of {@link BankOptions} and {@link
   *     FitOptions}
   */
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

  /**
   * Collects options, one by one or by concern; a value out of range is refused at once, with an
   * {@link InvalidInputException}.
   */
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

    /**
     * How images go through the backbone.
     *
     * @param value device and batch size
     * @return this builder
     */
    public Builder embed(EmbedOptions value) {
      this.embed = value;
      return this;
    }

    /**
     * Which rows the banks have that are built.
     *
     * @param value scope, explained variance ratio and coreset
     * @return this builder
     */
    public Builder bank(BankOptions value) {
      this.bank = value;
      return this;
    }

    /**
     * How banks are fitted to their normal images.
     *
     * @param value size of chunks, reuse of patches and PCA solver
     * @return this builder
     */
    public Builder fit(FitOptions value) {
      this.fit = value;
      return this;
    }

    /**
     * How patches are compared with the banks.
     *
     * @param value neighbours, broadcast limit and method
     * @return this builder
     */
    public Builder search(SearchOptions value) {
      this.search = value;
      return this;
    }

    /**
     * How an approximate search is compared with the exact one.
     *
     * @param value number of images
     * @return this builder
     */
    public Builder check(SearchCheck value) {
      this.check = value;
      return this;
    }

    /**
     * How distances become maps.
     *
     * @param value smoothing and kind of image score
     * @return this builder
     */
    public Builder map(MapOptions value) {
      this.map = value;
      return this;
    }

    /**
     * How maps are compared with masks.
     *
     * @param value resolution, and exact or binned metrics
     * @return this builder
     */
    public Builder measure(MeasureOptions value) {
      this.measure = value;
      return this;
    }

    /**
     * How the cluster is used.
     *
     * @param value partitions, concurrent categories and accepted unreadable files
     * @return this builder
     */
    public Builder run(RunOptions value) {
      this.run = value;
      return this;
    }

    /**
     * What is drawn.
     *
     * @param value number of visualizations
     * @return this builder
     */
    public Builder output(OutputOptions value) {
      this.output = value;
      return this;
    }

    /**
     * See {@link EmbedOptions#device}.
     *
     * @param value where the backbone runs
     * @return this builder
     */
    public Builder device(DeviceRequest value) {
      return embed(embed.withDevice(value));
    }

    /**
     * See {@link EmbedOptions#batchImages}.
     *
     * @param value images in one pass, 1 to 1024
     * @return this builder
     */
    public Builder batchImages(int value) {
      return embed(embed.withBatchImages(value));
    }

    /**
     * See {@link EmbedOptions#whiteLevel}.
     *
     * @param value the sample that is white, or as that option says
     * @return this builder
     */
    public Builder whiteLevel(int value) {
      return embed(embed.withWhiteLevel(value));
    }

    /**
     * See {@link BankOptions#scope}.
     *
     * @param value whose normal images make a bank
     * @return this builder
     */
    public Builder scope(BankScope value) {
      return bank(bank.withScope(value));
    }

    /**
     * See {@link BankOptions#variance}.
     *
     * @param value explained variance ratio, in (0, 1]
     * @return this builder
     */
    public Builder variance(double value) {
      return bank(bank.withVariance(value));
    }

    /**
     * See {@link BankOptions#coreset}.
     *
     * @param value how much of the bank is kept
     * @return this builder
     */
    public Builder coreset(CoresetOptions value) {
      return bank(bank.withCoreset(value));
    }

    /**
     * Sets what the place on the grid counts in a distance.
     *
     * @param value as a multiple of the median distance of normal patches, 0 to 100; 0 leaves it
     *     out
     * @return this builder
     * @throws io.nightjar.error.InvalidInputException if it is out of range
     */
    public Builder position(double value) {
      return bank(bank.withPosition(value));
    }

    /**
     * See {@link BankOptions#maxComponents}.
     *
     * @param value how many principal components of each image size are kept at most, at least 1
     * @return this builder
     * @throws io.nightjar.error.InvalidInputException if it is out of range
     */
    public Builder maxComponents(int value) {
      return bank(bank.withMaxComponents(OptionalInt.of(value)));
    }

    /**
     * See {@link BankOptions#stageWeights}.
     *
     * @param value what the channels of each stage are multiplied by
     * @return this builder
     */
    public Builder stageWeights(StageWeights value) {
      return bank(bank.withStageWeights(value));
    }

    /**
     * See {@link FitOptions#chunkImages}.
     *
     * @param value images in one unit of work, 1 to 4096
     * @return this builder
     */
    public Builder chunkImages(int value) {
      return fit(fit.withChunkImages(value));
    }

    /**
     * See {@link FitOptions#trainPatches}.
     *
     * @param value whether patches are kept between the two passes
     * @return this builder
     */
    public Builder trainPatches(TrainPatches value) {
      return fit(fit.withTrainPatches(value));
    }

    /**
     * See {@link FitOptions#pcaSolver}.
     *
     * @param value who computes the principal components
     * @return this builder
     */
    public Builder pcaSolver(PcaSolver value) {
      return fit(fit.withPcaSolver(value));
    }

    /**
     * See {@link SearchOptions#neighbours}.
     *
     * @param value nearest bank rows to average over, at least 1
     * @return this builder
     */
    public Builder neighbours(int value) {
      return search(search.withNeighbours(value));
    }

    /**
     * See {@link SearchOptions#broadcastLimit}.
     *
     * @param bytes of the rows of the largest bank that every executor holds
     * @return this builder
     */
    public Builder broadcastLimit(long bytes) {
      return search(search.withBroadcastLimit(bytes));
    }

    /**
     * See {@link SearchOptions#method}.
     *
     * @param value how the nearest rows are found
     * @return this builder
     */
    public Builder search(SearchMethod value) {
      return search(search.withMethod(value));
    }

    /**
     * See {@link SearchCheck#images}.
     *
     * @param value test images of a category, at least 1
     * @return this builder
     */
    public Builder searchCheckImages(int value) {
      return check(new SearchCheck(value));
    }

    /**
     * See {@link MapOptions#smoothing}.
     *
     * @param value Gaussian sigma in pixels of the network's input, 0 to 1000
     * @return this builder
     */
    public Builder smoothing(double value) {
      return map(map.withSmoothing(value));
    }

    /**
     * See {@link MapOptions#imageScore}.
     *
     * @param value which score of an image counts
     * @return this builder
     */
    public Builder imageScore(ImageScoreKind value) {
      return map(map.withImageScore(value));
    }

    /**
     * See {@link MeasureOptions#resolution}.
     *
     * @param value side of the square in pixels, 1 to 16384
     * @return this builder
     */
    public Builder resolution(int value) {
      return measure(measure.withResolution(value));
    }

    /**
     * See {@link MeasureOptions#exactMetrics}.
     *
     * @param value true for the scores themselves, false for bins
     * @return this builder
     */
    public Builder exactMetrics(boolean value) {
      return measure(measure.withExactMetrics(value));
    }

    /**
     * See {@link MeasureOptions#maskValues}.
     *
     * @param value which values of a mask are marked
     * @return this builder
     */
    public Builder maskValues(MaskValues value) {
      return measure(measure.withMaskValues(value));
    }

    /**
     * See {@link RunOptions#maxQuarantined}.
     *
     * @param value fraction of a category's images, in [0, 1]
     * @return this builder
     */
    public Builder maxQuarantined(double value) {
      return run(run.withMaxQuarantined(value));
    }

    /**
     * See {@link RunOptions#partitions}.
     *
     * @param value Spark partitions for a pass over a category, at least 1
     * @return this builder
     */
    public Builder partitions(int value) {
      return run(run.withPartitions(value));
    }

    /**
     * See {@link RunOptions#concurrentCategories}.
     *
     * @param value categories at the same time, at least 1
     * @return this builder
     */
    public Builder concurrentCategories(int value) {
      return run(run.withConcurrentCategories(value));
    }

    /**
     * See {@link OutputOptions#visualizations}.
     *
     * @param value images of each kind for a category, at least 0
     * @return this builder
     */
    public Builder visualizations(int value) {
      return output(new OutputOptions(value));
    }

    /**
     * The options together.
     *
     * @return the immutable options
     * @throws InvalidInputException if a chunk does not hold one batch
     */
    public EvaluationOptions build() {
      return new EvaluationOptions(embed, bank, fit, search, check, map, measure, run, output);
    }
  }
}
