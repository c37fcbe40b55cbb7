package io.nightjar.table;

import io.nightjar.error.InvalidInputException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What an executor found a bank to be.
 *
 * @param version of the bank
 * @param sha256 of its manifest
 * @param category its name
 * @param rows of the bank
 * @param calibrationImages of whose scores it keeps a calibration; 0 where it has none
 * @param uncalibrated why it has none; empty where it has one
 */
record BankFacts(
    int version,
    String sha256,
    String category,
    long rows,
    int calibrationImages,
    String uncalibrated) {
  static final StructType SCHEMA =
      new StructType()
          .add("version", DataTypes.IntegerType, false)
          .add("sha256", DataTypes.StringType, false)
          .add("category", DataTypes.StringType, false)
          .add("rows", DataTypes.LongType, false)
          .add("calibration_images", DataTypes.IntegerType, false)
          .add("uncalibrated", DataTypes.StringType, false)
          .add("problem", DataTypes.StringType, false);

  Row row() {
    return RowFactory.create(version, sha256, category, rows, calibrationImages, uncalibrated, "");
  }

  /** The answer of an executor that cannot use the bank. */
  static Row problem(String sentence) {
    return RowFactory.create(0, "", "", 0L, 0, "", sentence);
  }

  /**
   * Reads an executor's answer.
   *
   * @throws InvalidInputException with the sentence, if the executor cannot use the bank
   */
  static BankFacts of(Row answer) {
    String problem = answer.getAs("problem");
    if (!problem.isEmpty()) {
      throw new InvalidInputException(problem);
    }
    return new BankFacts(
        answer.getInt(0),
        answer.getString(1),
        answer.getString(2),
        answer.getLong(3),
        answer.getInt(4),
        answer.getString(5));
  }
}
