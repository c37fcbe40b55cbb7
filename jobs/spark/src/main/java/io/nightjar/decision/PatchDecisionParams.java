package io.nightjar.decision;

import io.nightjar.error.InvalidInputException;
import io.nightjar.metric.decision.DecisionRates;
import io.nightjar.metric.detection.RegionOptions;
import io.nightjar.metric.detection.RegionRules;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.text.Text;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The parameters that {@link PatchDecision} and {@link PatchDecisionModel} share. */
public interface PatchDecisionParams extends Params {
  /**
   * Parameters by their names.
   *
   * @return all of them
   */
  PatchDecisionParamSet declared();

  /**
   * Column of the patches' distances: array of float, row by row.
   *
   * @return the parameter
   */
  default Param<String> inputCol() {
    return declared().inputCol;
  }

  /**
   * New column, double: the conformal p-value. Default {@code p_value}.
   *
   * @return the parameter
   */
  default Param<String> pValueCol() {
    return declared().pValueCol;
  }

  /**
   * New column, string: {@code normal} or {@code anomalous}. Default {@code verdict}.
   *
   * @return the parameter
   */
  default Param<String> verdictCol() {
    return declared().verdictCol;
  }

  /**
   * New column, array of structures: regions. None are found where it is not set.
   *
   * @return the parameter
   */
  default Param<String> regionsCol() {
    return declared().regionsCol;
  }

  /**
   * Column of the images' widths, integers, in pixels. Default: {@link #imageSize}.
   *
   * @return the parameter
   */
  default Param<String> widthCol() {
    return declared().widthCol;
  }

  /**
   * Column of the images' heights likewise.
   *
   * @return the parameter
   */
  default Param<String> heightCol() {
    return declared().heightCol;
  }

  /**
   * Score of an image that is compared: {@code max}, the default, {@code top3}, {@code top1%}.
   *
   * @return the parameter
   */
  default Param<String> imageScore() {
    return declared().imageScore;
  }

  /**
   * Fraction of normal images that may be called anomalous, in (0, 1). Default 0.01.
   *
   * @return the parameter
   */
  default DoubleParam falseAlarmRate() {
    return declared().falseAlarmRate;
  }

  /**
   * Fraction of a normal image's patches at or above the threshold of regions, in (0, 1).
   *
   * @return the parameter
   */
  default DoubleParam pixelFalsePositiveRate() {
    return declared().pixelFalsePositiveRate;
  }

  /**
   * Threshold of regions, above 0.
   *
   * @return the parameter
   */
  default DoubleParam pixelThreshold() {
    return declared().pixelThreshold;
  }

  /**
   * Gaussian sigma of maps with regions, in pixels of the input, 0 to 1000. Default 0.
   *
   * @return the parameter
   */
  default DoubleParam smoothing() {
    return declared().smoothing;
  }

  /**
   * Side of the network's input, in pixels. Default 224.
   *
   * @return the parameter
   */
  default IntParam imageSize() {
    return declared().imageSize;
  }

  /**
   * Pixels that a region has at least. Default 1.
   *
   * @return the parameter
   */
  default LongParam minArea() {
    return declared().minArea;
  }

  /**
   * Pixels below the threshold within a region, 0 to 1000. Default 0.
   *
   * @return the parameter
   */
  default IntParam mergeWithin() {
    return declared().mergeWithin;
  }

  /**
   * What is decided, by the parameters.
   *
   * @return settings that belong together
   * @throws InvalidInputException naming parameters that do not
   */
  default DecisionSettings settings() {
    PatchDecisionParamSet all = declared();
    DecisionRates rates =
        new DecisionRates(
            OptionalDouble.of((Double) getOrDefault(all.falseAlarmRate)),
            OptionalDouble.empty(),
            optional(all.pixelFalsePositiveRate));
    RegionOptions regions =
        new RegionOptions(
            isDefined(all.regionsCol),
            optional(all.pixelThreshold),
            new RegionRules(
                (Long) getOrDefault(all.minArea), (Integer) getOrDefault(all.mergeWithin)));
    regions.requireThreshold(rates);
    return DecisionSettings.NONE.with(rates).with(regions);
  }

  private OptionalDouble optional(Param<Object> param) {
    return isDefined(param)
        ? OptionalDouble.of((Double) getOrDefault(param))
        : OptionalDouble.empty();
  }

  /**
   * The kind of image score that is compared.
   *
   * @return the value of the parameter
   */
  default ImageScoreKind kind() {
    return ImageScoreKind.of(getOrDefault(declared().imageScore));
  }

  /**
   * The schema with the columns that are added.
   *
   * @param schema of the input
   * @return the schema of the output
   * @throws InvalidInputException if a column is not named, missing or of another type, or is there
   *     already; or if parameters do not belong together
   */
  default StructType checkedSchema(StructType schema) {
    PatchDecisionParamSet all = declared();
    settings();
    requireType(
        schema, all.inputCol, DataTypes.createArrayType(DataTypes.FloatType), "an array of float");
    if (isDefined(all.widthCol) != isDefined(all.heightCol)) {
      throw new InvalidInputException(
          "The parameters widthCol and heightCol go together; set both or none");
    }
    if (isDefined(all.widthCol)) {
      requireType(schema, all.widthCol, DataTypes.IntegerType, "integers");
      requireType(schema, all.heightCol, DataTypes.IntegerType, "integers");
    }
    StructType added = schema;
    for (StructField field : columns()) {
      if (Arrays.asList(added.fieldNames()).contains(field.name())) {
        throw new InvalidInputException(
            Text.format(
                "The output column %s exists already; choose another name or drop it",
                field.name()));
      }
      added = added.add(field);
    }
    return added;
  }

  /**
   * The columns that are added.
   *
   * @return p-value, verdict, and regions where they have a name
   */
  default StructField[] columns() {
    PatchDecisionParamSet all = declared();
    StructField[] fields = Decider.schema(settings()).fields();
    String[] names = {
      getOrDefault(all.pValueCol),
      getOrDefault(all.verdictCol),
      isDefined(all.regionsCol) ? getOrDefault(all.regionsCol) : ""
    };
    for (int i = 0; i < fields.length; i++) {
      fields[i] = DataTypes.createStructField(names[i], fields[i].dataType(), true);
    }
    return fields;
  }

  private void requireType(StructType schema, Param<String> column, DataType type, String what) {
    if (!isDefined(column)) {
      throw new InvalidInputException(Text.format("The parameter %s is not set", column.name()));
    }
    String name = getOrDefault(column);
    if (!Arrays.asList(schema.fieldNames()).contains(name)) {
      throw new InvalidInputException(
          Text.format(
              "There is no input column %s; the columns are: %s",
              name, String.join(", ", schema.fieldNames())));
    }
    DataType found = schema.apply(name).dataType();
    boolean fits =
        type instanceof ArrayType wanted
            ? found instanceof ArrayType array && array.elementType().equals(wanted.elementType())
            : found.equals(type);
    if (!fits) {
      throw new InvalidInputException(
          Text.format(
              "The input column %s must hold %s, not %s", name, what, found.simpleString()));
    }
  }
}
