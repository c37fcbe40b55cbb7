package io.nightjar.bank;

import io.nightjar.backbone.ClassicSession;
import io.nightjar.backbone.PatchMetadata;
import io.nightjar.bank.coreset.CoresetMethod;
import io.nightjar.bank.coreset.CoresetOptions;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.List;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * Builds a memory bank of normal patches. Each row of the data becomes one block of the bank, in
 * the order of the data's partitions and of the rows within them. That order decides which of
 * several equally near rows is the neighbour, never a distance. A coreset depends on it, since its
 * first row is drawn by number.
 */
public final class PatchKnn extends Estimator<PatchKnnModel>
    implements PatchKnnParams, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  /** The identifier of the stage. */
  private final String uid;

  /** The parameters shared with the model. */
  private final PatchKnnParamSet declared;

  /** Fraction of the bank's rows, in (0, 1]. */
  private final DoubleParam coresetRatio;

  /** Chooses the coreset's first row. */
  private final LongParam coresetSeed;

  /** Creates an estimator with a random identifier. */
  public PatchKnn() {
    this(Identifiable$.MODULE$.randomUID("patchKnn"));
  }

  /**
   * Creates an estimator with a given identifier, as Spark's reader does.
   *
   * @param uid the identifier
   */
  public PatchKnn(String uid) {
    this.uid = uid;
    this.declared = new PatchKnnParamSet(this);
    this.coresetRatio =
        new DoubleParam(
            this,
            "coresetRatio",
            "fraction of the bank's rows that is kept, above 0 and at most 1",
            ParamValidators.inRange(0, 1, false, true));
    this.coresetSeed =
        new LongParam(this, "coresetSeed", "seed that chooses the coreset's first row");
    setDefault(declared.k, 1);
    setDefault(coresetRatio, CoresetOptions.FULL.ratio());
    setDefault(coresetSeed, CoresetOptions.FULL.seed());
  }

  /**
   * Reads an estimator that {@code write().save(path)} wrote.
   *
   * @return a reader of saved estimators
   */
  public static MLReader<PatchKnn> read() {
    return new DefaultParamsReader<>();
  }

  /**
   * Reads an estimator, as {@code read().load(path)} does.
   *
   * @param path the folder of the estimator
   * @return the estimator
   */
  public static PatchKnn load(String path) {
    return read().load(path);
  }

  /**
   * Sets the column of patches.
   *
   * @param column its name
   * @return this estimator
   */
  public PatchKnn setInputCol(String column) {
    set(declared.inputCol, column);
    return this;
  }

  /**
   * Sets the column to add.
   *
   * @param column its name
   * @return this estimator
   */
  public PatchKnn setOutputCol(String column) {
    set(declared.outputCol, column);
    return this;
  }

  /**
   * Sets the number of neighbours to average over.
   *
   * @param k at least 1
   * @return this estimator
   */
  public PatchKnn setK(int k) {
    set(declared.k, k);
    return this;
  }

  /**
   * Sets the number of values per patch.
   *
   * @param dimension at least 1
   * @return this estimator
   */
  public PatchKnn setDimension(int dimension) {
    set(declared.dimension, dimension);
    return this;
  }

  /**
   * Sets the fraction of the bank's rows that is kept.
   *
   * @param ratio above 0, at most 1
   * @return this estimator
   */
  public PatchKnn setCoresetRatio(double ratio) {
    set(coresetRatio, ratio);
    return this;
  }

  /**
   * Sets the seed that chooses the coreset's first row.
   *
   * @param seed any number
   * @return this estimator
   */
  public PatchKnn setCoresetSeed(long seed) {
    set(coresetSeed, seed);
    return this;
  }

  /**
   * Collects the patches on the driver in one Spark job, or those of the coreset in several.
   *
   * @throws InvalidInputException if a column or parameter is missing or invalid, there are fewer
   *     patches than neighbours, or a row is null, not made of whole patches or not finite
   */
  @Override
  public PatchKnnModel fit(Dataset<?> dataset) {
    ClassicSession.require(dataset.sparkSession(), "PatchKnn");
    transformSchema(dataset.schema());
    int dimension = dimension(dataset.schema());
    // Unlike rows, this encoder transfers the numbers without boxing each of them.
    Dataset<float[]> patches =
        dataset
            .select(functions.col(getInputCol()))
            .as(dataset.sparkSession().implicits().newFloatArrayEncoder());
    CoresetOptions coreset =
        new CoresetOptions(getCoresetRatio(), CoresetMethod.GREEDY, getCoresetSeed());
    List<float[]> blocks =
        coreset.keepsAll()
            ? patches.collectAsList()
            : CoresetBlocks.collect(patches, dimension, coreset);
    MemoryBank bank = bank(blocks, dimension);
    PatchKnnModel model = new PatchKnnModel(uid, bank);
    copyValues(model, new ParamMap());
    model.requireNeighbours();
    return model.setParent(this);
  }

  /**
   * The parameter, or the column's metadata; known only at the fit, since only a fitted PCA knows
   * how many components it kept.
   */
  private int dimension(StructType schema) {
    if (isSet(declared.dimension)) {
      return getDimension();
    }
    return PatchMetadata.channels(schema.apply(getInputCol()))
        .orElseThrow(
            () ->
                new InvalidInputException(
                    Text.format(
                            "The parameter dimension is not set; the arrays of column %s need it, since",
                            getInputCol())
                        + " each may contain several patches"));
  }

  private MemoryBank bank(List<float[]> blocks, int dimension) {
    if (blocks.contains(null)) {
      throw new InvalidInputException(
          Text.format("The input column %s contains a null; drop such rows first", getInputCol()));
    }
    try {
      return new MemoryBank(dimension, blocks.stream().filter(block -> block.length > 0).toList());
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          Text.format(
              "The input column %s cannot be used as a memory bank: %s",
              getInputCol(), e.getMessage()),
          e);
    }
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return checkedSchema(schema);
  }

  @Override
  public PatchKnn copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public Param<String> inputCol() {
    return declared.inputCol;
  }

  @Override
  public Param<String> outputCol() {
    return declared.outputCol;
  }

  @Override
  public IntParam k() {
    return declared.k;
  }

  @Override
  public IntParam dimension() {
    return declared.dimension;
  }

  /**
   * The fraction of the bank's rows that is kept, above 0 and at most 1. Default 1.
   *
   * @return the parameter
   */
  public DoubleParam coresetRatio() {
    return coresetRatio;
  }

  /**
   * The seed that chooses the coreset's first row. Default 0.
   *
   * @return the parameter
   */
  public LongParam coresetSeed() {
    return coresetSeed;
  }

  /**
   * The fraction of the bank's rows that is kept.
   *
   * @return the value of the parameter
   */
  public double getCoresetRatio() {
    return (Double) getOrDefault(coresetRatio);
  }

  /**
   * The seed that chooses the coreset's first row.
   *
   * @return the value of the parameter
   */
  public long getCoresetSeed() {
    return (Long) getOrDefault(coresetSeed);
  }
}
