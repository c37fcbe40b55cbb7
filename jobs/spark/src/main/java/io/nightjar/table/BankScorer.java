package io.nightjar.table;

import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.decision.DecisionSettings;
import io.nightjar.error.InvalidInputException;
import io.nightjar.metric.decision.DecisionRates;
import io.nightjar.metric.detection.RegionOptions;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.text.Text;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Scores tables of images with a stored bank. Needs a {@link SparkSession} alone, classic or of
 * Spark Connect: each executor reads the bank and the weights itself, by Hadoop's file systems, and
 * keeps them for the next task.
 *
 * <pre>{@code
 * BankScorer scorer = BankScorer.open(spark, "/Volumes/factory/banks/bottle", "torchvision:resnet50");
 * Dataset<Row> images = spark.read().format("binaryFile").load("/Volumes/factory/line-3/*.png");
 * scorer.score(images).write().saveAsTable("factory.scores");
 * }</pre>
 *
 * <p>Scores and maps are those of {@code io.nightjar.job.ScoreImages} with the same bank, bit for
 * bit. {@link #embed}, {@link #reduce} and {@link #compare} are its steps, for what a caller wants
 * to do between them; their distances agree with those of {@link #score} to float32's rounding,
 * since it reduces patches before their coarse stages are interpolated.
 *
 * <p>An image that cannot be read is a row like others, with the reason and without a score. The
 * functions start no job; those of the result's use do. Immutable.
 */
public final class BankScorer {
  private static final int MOST_BATCH_IMAGES = 1024;
  private static final double MOST_SMOOTHING = 1000;

  private final ScorerSettings settings;
  private final BankFacts bank;
  private final String contentColumn;
  private final boolean maps;

  private BankScorer(ScorerSettings settings, BankFacts bank, String contentColumn, boolean maps) {
    this.settings = settings;
    this.bank = bank;
    this.contentColumn = contentColumn;
    this.maps = maps;
  }

  /**
   * Opens a bank and the network that it was built with, in one small job, and refuses them before
   * any image is read where they cannot be used or do not belong together. The scorer stays with
   * the version of the bank that it found.
   *
   * @param spark any session; file systems are configured by {@code spark.hadoop.*}, of the cluster
   *     or the session, and by {@code fs.*} of the session
   * @param bank the folder of one bank, {@code URI} or {@code URI@VERSION}, which all executors can
   *     read
   * @param weights a path or Hadoop URI that all executors can read, an http(s) address, a name
   *     such as {@code torchvision:resnet50}, or {@code random:SEED}; they must be those of the
   *     bank; for a bank of several networks one for each, between commas, in the bank's order
   * @return a scorer with default options
   * @throws InvalidInputException for a bank or weights that cannot be used, or a cluster without
   *     Nightjar's classes
   */
  public static BankScorer open(SparkSession spark, String bank, String weights) {
    ScorerSettings asked = ScorerSettings.of(bank, weights, HadoopSettings.of(spark));
    BankFacts found = OpenBank.with(spark, asked);
    return new BankScorer(asked.pinned(found.version(), found.sha256()), found, "content", false);
  }

  /**
   * The name of the bank's category.
   *
   * @return as its manifest has it
   */
  public String category() {
    return bank.category();
  }

  /**
   * The bank's version that images are compared with.
   *
   * @return at least 1
   */
  public int version() {
    return bank.version();
  }

  /**
   * Sets the column of encoded images.
   *
   * @param column a binary column; {@code content} by default, as Spark's {@code binaryFile} names
   *     it
   * @return a changed copy
   */
  public BankScorer withContentColumn(String column) {
    return new BankScorer(settings, bank, column, maps);
  }

  /**
   * Sets the number of images that go through the network at once; results do not depend on it.
   *
   * @param images 1 to 1024; 8 by default
   * @return a changed copy
   * @throws InvalidInputException if it is out of range
   */
  public BankScorer withBatchImages(int images) {
    require(
        images >= 1 && images <= MOST_BATCH_IMAGES,
        Text.format("A batch of %d images cannot be used: choose 1 to 1024.", images));
    return with(settings.withBatchImages(images));
  }

  /**
   * Sets the number of nearest rows whose mean distance is a patch's score.
   *
   * @param rows 1 to the rows of the bank; 1 by default
   * @return a changed copy
   * @throws InvalidInputException if it is out of range
   */
  public BankScorer withNeighbours(int rows) {
    require(
        rows >= 1 && rows <= bank.rows(),
        Text.format(
            "Cannot average over %d neighbours in the bank %s of %d rows; choose 1 to %d.",
            rows, settings.bank(), bank.rows(), bank.rows()));
    return with(settings.withNeighbours(rows));
  }

  /**
   * Sets how maps are smoothed before the largest value is taken as the image's score.
   *
   * @param sigma of a Gaussian, in pixels of the network's input, 0 to 1000; 0, none, by default
   * @return a changed copy
   * @throws InvalidInputException if it is out of range
   */
  public BankScorer withSmoothing(double sigma) {
    require(
        sigma >= 0 && sigma <= MOST_SMOOTHING,
        Text.format("A smoothing of %s cannot be used: choose 0 to 1000 pixels.", sigma));
    return with(settings.withSmoothing(sigma));
  }

  /**
   * Sets which score of an image {@code image_score} is.
   *
   * @param kind {@link ImageScoreKind#MAX} by default
   * @return a changed copy
   */
  public BankScorer withImageScore(ImageScoreKind kind) {
    return with(settings.withImageScore(kind));
  }

  /**
   * Decides on images by the scores of the bank's own, as {@code score --false-alarm-rate} does:
   * {@link #score} adds the columns {@code p_value} and {@code verdict}. Images of a bank of
   * several categories are compared with those of all of them.
   *
   * @param rates a false alarm rate, and a false positive rate of pixels where {@link #withRegions}
   *     shall find regions without a threshold of its own; {@link DecisionRates#NONE} by default
   * @return a changed copy
   * @throws InvalidInputException for a false discovery rate, which needs all images of a run; a
   *     bank without calibration; or rates that its images cannot promise
   */
  public BankScorer withDecisions(DecisionRates rates) {
    DecisionSettings changed = settings.decisions().with(rates);
    if (changed.decides()) {
      require(bank.uncalibrated().isEmpty(), bank.uncalibrated());
      rates.requirePossible(bank.calibrationImages(), settings.bank());
    }
    return with(settings.withDecisions(changed));
  }

  /**
   * Finds the regions of images, as {@code score --regions} does: {@link #score} adds the column
   * {@code regions}.
   *
   * @param options threshold and rules; {@link RegionOptions#NONE} by default
   * @return a changed copy
   */
  public BankScorer withRegions(RegionOptions options) {
    return with(settings.withDecisions(settings.decisions().with(options)));
  }

  /**
   * Sets the device that computes.
   *
   * @param device {@code AUTO}, by default, is the GPU that Spark assigned to the task, otherwise
   *     the CPU
   * @return a changed copy
   */
  public BankScorer withDevice(DeviceRequest device) {
    return with(settings.withDevice(device));
  }

  /**
   * Sets whether {@link #score} adds the anomaly maps.
   *
   * @param wanted whether to; false by default
   * @return a changed copy
   */
  public BankScorer withMaps(boolean wanted) {
    return new BankScorer(settings, bank, contentColumn, wanted);
  }

  /**
   * Scores images. The result has the columns of the table without the encoded images, and
   *
   * <ul>
   *   <li>{@code image_score} (float): by default the largest value of the map at the image's size;
   *       see {@link #withImageScore}
   *   <li>{@code map_max} (float), {@code map_mean} (double): of the map
   *   <li>{@code width}, {@code height} (int): of the image, in pixels
   *   <li>{@code reason} (string): why the image cannot be used; null where it is scored. All
   *       others are null then
   *   <li>{@code image_score_max}, {@code image_score_top3}, {@code image_score_top1pct} (float):
   *       the score of every {@link ImageScoreKind}
   *   <li>{@code p_value} (double), {@code verdict} (string, {@code normal} or {@code anomalous}),
   *       with {@link #withDecisions}: the conformal p-value, and whether it is at most the rate
   *   <li>{@code regions} (array of structures), with {@link #withRegions}: {@code area}, {@code
   *       left}, {@code top}, {@code width}, {@code height}, {@code centroid_x}, {@code
   *       centroid_y}, {@code peak}, {@code peak_x}, {@code peak_y}, {@code mean} as {@link
   *       io.nightjar.metric.detection.AnomalyRegion} has them, the highest peak first, and {@code
   *       p_value}, null without {@link #withDecisions}
   *   <li>{@code map} (array of float), with {@link #withMaps}: the distance of each patch, {@code
   *       [grid * grid]}, row by row
   * </ul>
   *
   * @param images with a binary column of encoded images and at least one other
   * @return one row for each of the table
   * @throws InvalidInputException for a table without these columns, or with one of the result's;
   *     for regions without a threshold, or with two; or decisions on means over several neighbours
   */
  public Dataset<Row> score(Dataset<?> images) {
    requireConsistent();
    return ScoreRows.apply(settings, contentColumn, maps, images.toDF());
  }

  /**
   * Embeds images. The result has the columns of the table without the encoded images, {@code
   * reason} as {@link #score} has it, and {@code patches} (array of float): {@code [grid *
   * grid][channels]}; null where there is a reason.
   *
   * @param images with a binary column of encoded images and at least one other
   * @return one row for each of the table
   * @throws InvalidInputException for a table without these columns, or with one of the result's
   */
  public Dataset<Row> embed(Dataset<?> images) {
    return EmbedImages.apply(settings, contentColumn, images.toDF());
  }

  /**
   * Reduces patches by the bank's principal components, and adds their places on the grid where the
   * bank's rows have them: replaces the column {@code patches} by {@code reduced}, {@code
   * [patches][values of a row]}; null stays null.
   *
   * @param patches as {@link #embed} gives them
   * @return one row for each of the table
   * @throws InvalidInputException for a table without this column
   */
  public Dataset<Row> reduce(Dataset<?> patches) {
    return ArrayTable.apply(
        patches.toDF(), EmbedImages.PATCHES, ArrayTable.REDUCED, new ReducePatches(settings));
  }

  /**
   * Compares reduced patches with the bank: replaces the column {@code reduced} by {@code
   * distances}, one for each patch, the mean distance from its nearest rows; null stays null.
   *
   * @param reduced as {@link #reduce} gives them
   * @return one row for each of the table
   * @throws InvalidInputException for a table without this column
   */
  public Dataset<Row> compare(Dataset<?> reduced) {
    return ArrayTable.apply(
        reduced.toDF(), ArrayTable.REDUCED, ArrayTable.DISTANCES, new ComparePatches(settings));
  }

  /**
   * The columns that {@link #score} always adds, for a query that selects them.
   *
   * @return their names
   */
  public static List<String> scoreColumns() {
    return List.of(ScoreRows.SCHEMA.fieldNames());
  }

  /** What depends on several of the options, in whatever order they were set. */
  private void requireConsistent() {
    DecisionSettings decisions = settings.decisions();
    decisions.regionOptions().requireThreshold(decisions.rates());
    require(
        !decisions.decides() || settings.neighbours() == 1,
        Text.format(
            "Decisions compare distances with those of the bank's own images to their nearest rows,"
                + " but %d neighbours are asked for; leave one of the two out.",
            settings.neighbours()));
  }

  private BankScorer with(ScorerSettings changed) {
    return new BankScorer(changed, bank, contentColumn, maps);
  }

  private static void require(boolean holds, String sentence) {
    if (!holds) {
      throw new InvalidInputException(sentence);
    }
  }
}
