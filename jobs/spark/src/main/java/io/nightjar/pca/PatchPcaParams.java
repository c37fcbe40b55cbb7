package io.nightjar.pca;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.Arrays;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The parameters that {@link PatchPca} and {@link PatchPcaModel} share. */
public interface PatchPcaParams extends Params {
  /**
   * Column of patches: array of float with one or many of them row-major, or a vector with one.
   *
   * @return the parameter
   */
  Param<String> inputCol();

  /**
   * New column, array of float: the components of each patch, row-major.
   *
   * @return the parameter
   */
  Param<String> outputCol();

  /**
   * The explained variance ratio to keep, above 0, at most 1. Default 0.95.
   *
   * @return the parameter
   */
  DoubleParam variance();

  /**
   * How many components are kept at most, at least 1. Not set by default: as many as the variance
   * asks for.
   *
   * @return the parameter
   */
  IntParam maxComponents();

  /**
   * Values per patch; taken from the data for vectors, needed for arrays unless their column's
   * metadata name it, as those of {@link io.nightjar.backbone.PatchEmbedder} do.
   *
   * @return the parameter
   */
  IntParam channels();

  /**
   * {@code blocked} (Nightjar's own) or {@code mllib} (MLlib's RowMatrix). Default blocked.
   *
   * @return the parameter
   */
  Param<String> solver();

  /**
   * The column of patches.
   *
   * @return the value of the parameter
   */
  default String getInputCol() {
    return getOrDefault(inputCol());
  }

  /**
   * The name of the new column.
   *
   * @return the value of the parameter
   */
  default String getOutputCol() {
    return getOrDefault(outputCol());
  }

  /**
   * The explained variance ratio to keep.
   *
   * @return the value of the parameter
   */
  default double getVariance() {
    return (Double) getOrDefault(variance());
  }

  /**
   * How many components are kept at most.
   *
   * @return the value of the parameter
   */
  default int getMaxComponents() {
    return (Integer) getOrDefault(maxComponents());
  }

  /**
   * The number of values per patch.
   *
   * @return the value of the parameter
   */
  default int getChannels() {
    return (Integer) getOrDefault(channels());
  }

  /**
   * The name of the solver.
   *
   * @return the value of the parameter
   */
  default String getSolver() {
    return getOrDefault(solver());
  }

  /** Checks the input and adds the output column. */
  private StructType withOutput(StructType schema) {
    String output = requireSet(outputCol());
    if (Arrays.asList(schema.fieldNames()).contains(output)) {
      throw new InvalidInputException(
          Text.format(
              "The output column %s exists already; choose another name or drop it", output));
    }
    return schema.add(output, DataTypes.createArrayType(DataTypes.FloatType, false), false);
  }

  /**
   * The schema with the output column.
   *
   * @param schema of the input
   * @return the schema of the output
   * @throws InvalidInputException if a column is not named, the input is missing or of another
   *     type, or the output exists already
   */
  default StructType checkedSchema(StructType schema) {
    inputIsVector(schema);
    return withOutput(schema);
  }

  /**
   * Whether the input holds vectors rather than arrays.
   *
   * @param schema of the input
   * @return true for vectors, false for arrays
   * @throws InvalidInputException if the input is not named, is missing, or is of another type
   */
  default boolean inputIsVector(StructType schema) {
    String input = requireSet(inputCol());
    if (!Arrays.asList(schema.fieldNames()).contains(input)) {
      throw new InvalidInputException(
          Text.format(
              "There is no input column %s; the columns are: %s",
              input, String.join(", ", schema.fieldNames())));
    }
    DataType type = schema.apply(input).dataType();
    if (type.equals(SQLDataTypes.VectorType())) {
      return true;
    }
    if (type instanceof ArrayType array && array.elementType().equals(DataTypes.FloatType)) {
      return false;
    }
    throw new InvalidInputException(
        Text.format(
            "The input column %s must hold an array of float or an ML vector, not %s",
            input, type.simpleString()));
  }

  private String requireSet(Param<String> column) {
    if (!isDefined(column)) {
      throw new InvalidInputException(Text.format("The parameter %s is not set", column.name()));
    }
    return getOrDefault(column);
  }
}
