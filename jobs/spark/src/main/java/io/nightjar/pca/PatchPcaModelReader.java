package io.nightjar.pca;

import io.nightjar.pca.components.PrincipalComponents;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Row;
import scala.Option;

/** Reads what {@link PatchPcaModelWriter} wrote. */
final class PatchPcaModelReader extends MLReader<PatchPcaModel> {

  // Spark 4 deprecates what takes a SparkContext; Spark 3.5 has nothing else.
  @SuppressWarnings("deprecation")
  @Override
  public PatchPcaModel load(String path) {
    DefaultParamsReader.Metadata metadata =
        DefaultParamsReader.loadMetadata(path, sc(), PatchPcaModel.class.getName());
    Row row =
        sparkSession()
            .read()
            .schema(PatchPcaModelWriter.SCHEMA)
            .parquet(new Path(path, PatchPcaModelWriter.DATA).toString())
            .head();
    PrincipalComponents components =
        new PrincipalComponents(
            doubles(row, "mean"),
            doubles(row, "eigenvalues"),
            doubles(row, "basis"),
            row.getAs("totalVariance"));
    PatchPcaModel model = new PatchPcaModel(metadata.uid(), components);
    metadata.getAndSetParams(model, Option.empty());
    return model;
  }

  private static double[] doubles(Row row, String column) {
    return row.<Double>getList(row.fieldIndex(column)).stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }
}
