package io.nightjar.pca;

import io.nightjar.pca.components.PrincipalComponents;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/** Writes Spark's metadata and one Parquet row with the components. */
final class PatchPcaModelWriter extends MLWriter {
  static final String DATA = "data";
  private static final ArrayType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType, false);
  static final StructType SCHEMA =
      new StructType()
          .add("mean", DOUBLES, false)
          .add("eigenvalues", DOUBLES, false)
          .add("basis", DOUBLES, false)
          .add("totalVariance", DataTypes.DoubleType, false);

  private final PatchPcaModel model;

  PatchPcaModelWriter(PatchPcaModel model) {
    this.model = model;
  }

  // Spark 4 deprecates what takes a SparkContext; Spark 3.5 has nothing else.
  @SuppressWarnings("deprecation")
  @Override
  public void saveImpl(String path) {
    DefaultParamsWriter.saveMetadata(model, path, sc(), Option.empty(), Option.empty());
    PrincipalComponents components = model.principalComponents();
    Row row =
        RowFactory.create(
            components.mean(),
            components.eigenvalues(),
            components.basis(),
            components.totalVariance());
    sparkSession()
        .createDataFrame(List.of(row), SCHEMA)
        .coalesce(1)
        .write()
        .parquet(new Path(path, DATA).toString());
  }
}
