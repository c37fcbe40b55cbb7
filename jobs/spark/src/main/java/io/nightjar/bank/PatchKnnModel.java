package io.nightjar.bank;

import io.nightjar.backbone.ClassicSession;
import io.nightjar.backbone.FloatColumn;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;

/**
 * Adds to each row the distances of its patches from the memory bank: exact, and the same for any
 * partitioning. The bank is broadcast with the first transformation; each executor process keeps
 * one search for it ({@link BankSearches}).
 */
public final class PatchKnnModel extends Model<PatchKnnModel>
    implements PatchKnnParams, MLWritable {
  private static final long serialVersionUID = 1L;

  /** The identifier of the stage. */
  private final String uid;

  /** Normal patches, {@code [rows][dimension]}. */
  private final MemoryBank bank;

  /** The parameters shared with the estimator. */
  private final PatchKnnParamSet declared;

  private transient SparkContext context;
  private transient Broadcast<MemoryBank> shared;

  PatchKnnModel(String uid, MemoryBank bank) {
    this.uid = uid;
    this.bank = bank;
    this.declared = new PatchKnnParamSet(this);
    setDefault(declared.k, 1);
    setDefault(declared.dimension, bank.dimension());
  }

  /**
   * Reads a model that {@code write().save(path)} wrote.
   *
   * @return a reader of saved models
   */
  public static MLReader<PatchKnnModel> read() {
    return new PatchKnnModelReader();
  }

  /**
   * Reads a model, as {@code read().load(path)} does.
   *
   * @param path the folder of the model
   * @return the model
   */
  public static PatchKnnModel load(String path) {
    return read().load(path);
  }

  /**
   * The memory bank of normal patches.
   *
   * @return the bank
   */
  public MemoryBank memoryBank() {
    return bank;
  }

  /**
   * Sets the column of patches.
   *
   * @param column its name
   * @return this model
   */
  public PatchKnnModel setInputCol(String column) {
    set(declared.inputCol, column);
    return this;
  }

  /**
   * Sets the column to add.
   *
   * @param column its name
   * @return this model
   */
  public PatchKnnModel setOutputCol(String column) {
    set(declared.outputCol, column);
    return this;
  }

  /**
   * Sets the number of neighbours to average over.
   *
   * @param k 1 to the number of rows
   * @return this model
   */
  public PatchKnnModel setK(int k) {
    set(declared.k, k);
    return this;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema(), true);
    Broadcast<MemoryBank> broadcast =
        broadcast(ClassicSession.require(dataset.sparkSession(), "PatchKnnModel").sparkContext());
    int neighbours = getK();
    UDF1<Seq<Float>, float[]> distances = patches -> distances(broadcast, patches, neighbours);
    UserDefinedFunction function =
        functions
            .udf(distances, DataTypes.createArrayType(DataTypes.FloatType, false))
            .asNonNullable();
    return dataset.withColumn(getOutputCol(), function.apply(functions.col(getInputCol())));
  }

  @SuppressWarnings("ReferenceEquality") // a stopped context's broadcasts are gone with it
  private synchronized Broadcast<MemoryBank> broadcast(SparkContext current) {
    if (shared == null || context != current) {
      shared = JavaSparkContext.fromSparkContext(current).broadcast(bank);
      context = current;
    }
    return shared;
  }

  private static float[] distances(
      Broadcast<MemoryBank> broadcast, Seq<Float> patches, int neighbours) {
    if (patches == null) {
      throw new InvalidInputException("The input column contains a null; drop such rows first");
    }
    try (BankSearches.Lease lease = BankSearches.acquire(broadcast.id(), broadcast::value)) {
      int dimension = lease.search().bank().dimension();
      if (patches.length() % dimension != 0) {
        throw new InvalidInputException(
            Text.format(
                "An array of %d values is not made of whole patches of dimension %d",
                patches.length(), dimension));
      }
      return lease
          .search()
          .meanDistances(FloatColumn.toFloats(patches), patches.length() / dimension, neighbours);
    }
  }

  /**
   * Frees the broadcast bank everywhere, and this process's search over it; the next transformation
   * broadcasts it again. Call it when no transformed data will be evaluated any more.
   */
  public synchronized void release() {
    if (shared != null) {
      BankSearches.release(shared.id());
      shared.destroy();
      shared = null;
    }
  }

  @Override
  public StructType transformSchema(StructType schema) {
    if (getDimension() != bank.dimension()) {
      throw new InvalidInputException(
          Text.format(
              "The parameter dimension is %d, but the bank holds patches of dimension %d",
              getDimension(), bank.dimension()));
    }
    requireNeighbours();
    return checkedSchema(schema);
  }

  void requireNeighbours() {
    if (getK() > bank.rows()) {
      throw new InvalidInputException(
          Text.format(
              "Cannot average over k = %d neighbours in a memory bank of %d rows; choose k from 1 to %d",
              getK(), bank.rows(), bank.rows()));
    }
  }

  @Override
  public PatchKnnModel copy(ParamMap extra) {
    return copyValues(new PatchKnnModel(uid, bank), extra).setParent(parent());
  }

  /** Metadata as MLlib writes it, and the bank's blocks as Parquet below {@code data}. */
  @Override
  public MLWriter write() {
    return new PatchKnnModelWriter(this);
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
}
