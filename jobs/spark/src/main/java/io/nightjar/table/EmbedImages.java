package io.nightjar.table;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import scala.Tuple3;

/** The function of {@link BankScorer#embed}, and the table that it gives. */
record EmbedImages(ScorerSettings settings, int content)
    implements MapPartitionsFunction<Row, Tuple3<Row, String, float[]>> {
  private static final long serialVersionUID = 1L;

  static final String PATCHES = "patches";
  private static final String REASON = "reason";

  static Dataset<Row> apply(ScorerSettings settings, String column, Dataset<Row> images) {
    StructType schema = images.schema();
    int content = ImageTable.content(schema, column);
    StructType kept = ImageTable.kept(schema, content, List.of(REASON, PATCHES));
    return images
        .mapPartitions(
            new EmbedImages(settings, content),
            Encoders.tuple(
                Encoders.row(kept),
                Encoders.STRING(),
                images.sparkSession().implicits().newFloatArrayEncoder()))
        .select(
            functions.col("_1.*"), functions.col("_2").as(REASON), functions.col("_3").as(PATCHES));
  }

  @Override
  public Iterator<Tuple3<Row, String, float[]>> call(Iterator<Row> rows) {
    return EmbeddedImages.of(settings, content, rows);
  }
}
