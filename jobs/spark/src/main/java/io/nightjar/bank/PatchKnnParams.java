package io.nightjar.bank;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.Arrays;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The parameters that {@link PatchKnn} and {@link PatchKnnModel} share. */
public interface PatchKnnParams extends Params {
  /**
   * Column of patches: array of float, patches x dimension, row-major.
   *
   * @return the parameter
   */
  Param<String> inputCol();

  /**
   * New column, array of float: the mean distance of each patch to its nearest neighbours.
   *
   * @return the parameter
   */
  Param<String> outputCol();

  /**
   * Neighbours to average over, at least 1, at most the rows of the bank. Default 1.
   *
   * @return the parameter
   */
  IntParam k();

  /**
   * Values per patch; needed to fit unless the input column's metadata name it as its {@code
   * channels}, as those of {@link io.nightjar.pca.PatchPcaModel} do.
   *
   * @return the parameter
   */
  IntParam dimension();

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
   * The number of neighbours to average over.
   *
   * @return the value of the parameter
   */
  default int getK() {
    return (Integer) getOrDefault(k());
  }

  /**
   * The number of values per patch.
   *
   * @return the value of the parameter
   */
  default int getDimension() {
    return (Integer) getOrDefault(dimension());
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
    requireInput(schema);
    String output = requireSet(outputCol());
    if (Arrays.asList(schema.fieldNames()).contains(output)) {
      throw new InvalidInputException(
          Text.format(
              "The output column %s exists already; choose another name or drop it", output));
    }
    return schema.add(output, DataTypes.createArrayType(DataTypes.FloatType, false), false);
  }

  private void requireInput(StructType schema) {
    String input = requireSet(inputCol());
    if (!Arrays.asList(schema.fieldNames()).contains(input)) {
      throw new InvalidInputException(
          Text.format(
              "There is no input column %s; the columns are: %s",
              input, String.join(", ", schema.fieldNames())));
    }
    DataType type = schema.apply(input).dataType();
    if (!(type instanceof ArrayType array && array.elementType().equals(DataTypes.FloatType))) {
      throw new InvalidInputException(
          Text.format(
              "The input column %s must hold an array of float, not %s",
              input, type.simpleString()));
    }
  }

  private String requireSet(Param<String> column) {
    if (!isDefined(column)) {
      throw new InvalidInputException(Text.format("The parameter %s is not set", column.name()));
    }
    return getOrDefault(column);
  }
}
