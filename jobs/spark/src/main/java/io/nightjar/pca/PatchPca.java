package io.nightjar.pca;

import io.nightjar.backbone.ClassicSession;
import io.nightjar.backbone.PatchMetadata;
import io.nightjar.error.InvalidInputException;
import io.nightjar.pca.components.ComponentRule;
import io.nightjar.pca.components.PrincipalComponents;
import io.nightjar.pca.covariance.CovarianceAccumulator;
import io.nightjar.pca.covariance.PartialCovariance;
import io.nightjar.pca.covariance.Patches;
import io.nightjar.text.Text;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * Fits principal components to patches: the fewest whose explained variance ratio reaches a given
 * value, or fewer where their number is limited.
 *
 * <p>Each partition is one chunk, its patches taken in the order of its rows; the chunks are added
 * in the order of the partitions, and the eigenproblem is solved, in one task on an executor. Data
 * in the same partitions gives the same bits whatever the executors do; other partitions give a
 * result that differs by rounding.
 */
public final class PatchPca extends Estimator<PatchPcaModel>
    implements PatchPcaParams, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  /** The identifier of the stage. */
  private final String uid;

  /** The parameters shared with the model. */
  private final PatchPcaParamSet declared;

  /** Creates an estimator with a random identifier. */
  public PatchPca() {
    this(Identifiable$.MODULE$.randomUID("patchPca"));
  }

  /**
   * Creates an estimator with a given identifier, as Spark's reader does.
   *
   * @param uid the identifier
   */
  public PatchPca(String uid) {
    this.uid = uid;
    this.declared = new PatchPcaParamSet(this);
    setDefault(declared.variance, 0.95);
    setDefault(declared.solver, PatchPcaParamSet.BLOCKED);
  }

  /**
   * Reads an estimator that {@code write().save(path)} wrote.
   *
   * @return a reader of saved estimators
   */
  public static MLReader<PatchPca> read() {
    return new DefaultParamsReader<>();
  }

  /**
   * Reads an estimator, as {@code read().load(path)} does.
   *
   * @param path the folder of the estimator
   * @return the estimator
   */
  public static PatchPca load(String path) {
    return read().load(path);
  }

  /**
   * Sets the column of patches.
   *
   * @param column its name
   * @return this estimator
   */
  public PatchPca setInputCol(String column) {
    set(declared.inputCol, column);
    return this;
  }

  /**
   * Sets the column to add.
   *
   * @param column its name
   * @return this estimator
   */
  public PatchPca setOutputCol(String column) {
    set(declared.outputCol, column);
    return this;
  }

  /**
   * Sets the explained variance ratio to keep.
   *
   * @param ratio above 0, at most 1
   * @return this estimator
   */
  public PatchPca setVariance(double ratio) {
    set(declared.variance, ratio);
    return this;
  }

  /**
   * Sets how many components are kept at most.
   *
   * @param most at least 1
   * @return this estimator
   */
  public PatchPca setMaxComponents(int most) {
    set(declared.maxComponents, most);
    return this;
  }

  /**
   * Sets the number of values per patch.
   *
   * @param channels at least 1
   * @return this estimator
   */
  public PatchPca setChannels(int channels) {
    set(declared.channels, channels);
    return this;
  }

  /**
   * Sets who computes the components.
   *
   * @param solver {@code blocked} or {@code mllib}
   * @return this estimator
   */
  public PatchPca setSolver(String solver) {
    set(declared.solver, solver);
    return this;
  }

  /**
   * Runs one Spark job over the data and one task for the eigenproblem.
   *
   * @throws InvalidInputException if a column or parameter is missing or invalid, there are fewer
   *     than 2 patches, all patches are equal, or a row is null or not made of whole patches
   */
  @Override
  public PatchPcaModel fit(Dataset<?> dataset) {
    ClassicSession.require(dataset.sparkSession(), "PatchPca");
    transformSchema(dataset.schema());
    boolean vectors = inputIsVector(dataset.schema());
    OptionalInt announced = announcedChannels(dataset.schema());
    JavaRDD<float[]> patches = PatchColumn.read(dataset, getInputCol(), vectors);
    try {
      PrincipalComponents components =
          switch (getSolver()) {
            case PatchPcaParamSet.MLLIB ->
                MllibSolver.fit(
                    patches, List.of(announced.orElseGet(() -> lengthOfFirst(patches))), rule());
            default -> CovarianceReduction.fit(partials(patches, announced.orElse(0)), rule());
          };
      return copyValues(new PatchPcaModel(uid, components), new ParamMap()).setParent(this);
    } catch (Exception e) {
      throw refusalOf(e);
    }
  }

  private ComponentRule rule() {
    return new ComponentRule(
        getVariance(), isSet(declared.maxComponents) ? getMaxComponents() : ComponentRule.ALL);
  }

  /** The parameter, or the metadata of the column of arrays. */
  private OptionalInt announcedChannels(StructType schema) {
    if (isSet(declared.channels)) {
      return OptionalInt.of(getChannels());
    }
    return inputIsVector(schema)
        ? OptionalInt.empty()
        : PatchMetadata.channels(schema.apply(getInputCol()));
  }

  private static int lengthOfFirst(JavaRDD<float[]> patches) {
    List<float[]> first = patches.take(1);
    if (first.isEmpty()) {
      throw new InvalidInputException("There are no patches to find principal components of");
    }
    return first.get(0).length;
  }

  private static JavaPairRDD<Integer, PartialCovariance> partials(
      JavaRDD<float[]> patches, int announced) {
    return patches.mapPartitionsToPair(rows -> partial(rows, announced));
  }

  private static Iterator<Tuple2<Integer, PartialCovariance>> partial(
      Iterator<float[]> rows, int announced) {
    if (!rows.hasNext()) {
      return Collections.emptyIterator();
    }
    float[] first = rows.next();
    int channels = announced > 0 ? announced : first.length;
    CovarianceAccumulator accumulator = new CovarianceAccumulator(channels);
    accumulator.add(first, Patches.count(first, channels));
    while (rows.hasNext()) {
      float[] next = rows.next();
      accumulator.add(next, Patches.count(next, channels));
    }
    return List.of(new Tuple2<>(TaskContext.getPartitionId(), accumulator.toPartial())).iterator();
  }

  /** The exception of a task, without Spark's message about the failed task. */
  private static RuntimeException refusalOf(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidInputException refusal) {
        return refusal;
      }
    }
    return failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    StructType transformed = checkedSchema(schema);
    if (!inputIsVector(schema) && announcedChannels(schema).isEmpty()) {
      throw new InvalidInputException(
          Text.format(
                  "The parameter channels is not set; the arrays of column %s need it, since each may contain",
                  getInputCol())
              + " several patches");
    }
    return transformed;
  }

  @Override
  public PatchPca copy(ParamMap extra) {
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
  public DoubleParam variance() {
    return declared.variance;
  }

  @Override
  public IntParam maxComponents() {
    return declared.maxComponents;
  }

  @Override
  public IntParam channels() {
    return declared.channels;
  }

  @Override
  public Param<String> solver() {
    return declared.solver;
  }
}
