package io.nightjar.pca;

import io.nightjar.backbone.ClassicSession;
import io.nightjar.backbone.FloatColumn;
import io.nightjar.backbone.PatchMetadata;
import io.nightjar.error.InvalidInputException;
import io.nightjar.pca.components.PrincipalComponents;
import io.nightjar.pca.covariance.Patches;
import io.nightjar.text.Text;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.DoubleParam;
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
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;

/**
 * Writes each patch in the coordinates of the components that {@link PatchPca} fitted. The new
 * column's metadata name the components as its {@code channels}.
 */
public final class PatchPcaModel extends Model<PatchPcaModel>
    implements PatchPcaParams, MLWritable {
  private static final long serialVersionUID = 1L;

  /** The identifier of the stage. */
  private final String uid;

  /** What patches are projected on. */
  private final PrincipalComponents components;

  /** The parameters shared with the estimator. */
  private final PatchPcaParamSet declared;

  PatchPcaModel(String uid, PrincipalComponents components) {
    this.uid = uid;
    this.components = components;
    this.declared = new PatchPcaParamSet(this);
    setDefault(declared.variance, 0.95);
    setDefault(declared.solver, PatchPcaParamSet.BLOCKED);
  }

  /**
   * Reads a model that {@code write().save(path)} wrote.
   *
   * @return a reader of saved models
   */
  public static MLReader<PatchPcaModel> read() {
    return new PatchPcaModelReader();
  }

  /**
   * Reads a model, as {@code read().load(path)} does.
   *
   * @param path the folder of the model
   * @return the model
   */
  public static PatchPcaModel load(String path) {
    return read().load(path);
  }

  /**
   * The fitted components.
   *
   * @return the components
   */
  public PrincipalComponents principalComponents() {
    return components;
  }

  /**
   * Sets the column of patches.
   *
   * @param column its name
   * @return this model
   */
  public PatchPcaModel setInputCol(String column) {
    set(declared.inputCol, column);
    return this;
  }

  /**
   * Sets the column to add.
   *
   * @param column its name
   * @return this model
   */
  public PatchPcaModel setOutputCol(String column) {
    set(declared.outputCol, column);
    return this;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema(), true);
    Broadcast<PrincipalComponents> shared =
        JavaSparkContext.fromSparkContext(
                ClassicSession.require(dataset.sparkSession(), "PatchPcaModel").sparkContext())
            .broadcast(components);
    UDF1<?, float[]> projection =
        inputIsVector(dataset.schema())
            ? (Vector patch) ->
                project(shared.value(), PatchColumn.toFloats(PatchColumn.requirePresent(patch)))
            : (Seq<Float> patches) ->
                project(shared.value(), FloatColumn.toFloats(PatchColumn.requirePresent(patches)));
    UserDefinedFunction function =
        functions
            .udf(projection, DataTypes.createArrayType(DataTypes.FloatType, false))
            .asNonNullable();
    Metadata metadata = schema.apply(getOutputCol()).metadata();
    return dataset.withColumn(
        getOutputCol(), function.apply(functions.col(getInputCol())).as(getOutputCol(), metadata));
  }

  private static float[] project(PrincipalComponents components, float[] patches) {
    return components.project(patches, Patches.count(patches, components.channels()));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    if (isSet(declared.channels) && getChannels() != components.channels()) {
      throw new InvalidInputException(
          Text.format(
              "The parameter channels is %d, but the components were fitted to patches of %d channels",
              getChannels(), components.channels()));
    }
    StructField output = withComponents(checkedSchema(schema).apply(getOutputCol()), schema);
    return schema.add(output);
  }

  /** The number of patches is unchanged; each now has as many values as there are components. */
  private StructField withComponents(StructField output, StructType schema) {
    Metadata shape =
        inputIsVector(schema) ? Metadata.empty() : schema.apply(getInputCol()).metadata();
    return new StructField(
        output.name(),
        output.dataType(),
        output.nullable(),
        PatchMetadata.withChannels(shape, components.count()));
  }

  @Override
  public PatchPcaModel copy(ParamMap extra) {
    PatchPcaModel copy = new PatchPcaModel(uid, components);
    return copyValues(copy, extra).setParent(parent());
  }

  /** Metadata as MLlib writes it, and the components as Parquet below {@code data}. */
  @Override
  public MLWriter write() {
    return new PatchPcaModelWriter(this);
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
