package io.nightjar.table;

import io.nightjar.decision.Decider;
import io.nightjar.score.ImageScoreKind;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Tuple3;

/** The function of {@link BankScorer#score}, and the table that it gives. */
record ScoreRows(ScorerSettings settings, int content, boolean maps)
    implements MapPartitionsFunction<Row, Tuple3<Row, Row, float[]>> {
  private static final long serialVersionUID = 1L;

  private static final String MAP = "map";

  /** What is said of an image besides its map. */
  static final StructType SCHEMA =
      new StructType()
          .add("image_score", DataTypes.FloatType)
          .add("map_max", DataTypes.FloatType)
          .add("map_mean", DataTypes.DoubleType)
          .add("width", DataTypes.IntegerType)
          .add("height", DataTypes.IntegerType)
          .add("reason", DataTypes.StringType)
          .add(ImageScoreKind.MAX.column(), DataTypes.FloatType)
          .add(ImageScoreKind.TOP3.column(), DataTypes.FloatType)
          .add(ImageScoreKind.TOP1_PERCENT.column(), DataTypes.FloatType);

  static Dataset<Row> apply(
      ScorerSettings settings, String column, boolean maps, Dataset<Row> images) {
    StructType schema = images.schema();
    int content = ImageTable.content(schema, column);
    StructType values = schema(settings);
    List<String> added =
        Stream.concat(Arrays.stream(values.fieldNames()), maps ? Stream.of(MAP) : Stream.of())
            .toList();
    StructType kept = ImageTable.kept(schema, content, added);
    Dataset<Tuple3<Row, Row, float[]>> scored =
        images.mapPartitions(
            new ScoreRows(settings, content, maps),
            Encoders.tuple(
                Encoders.row(kept),
                Encoders.row(values),
                images.sparkSession().implicits().newFloatArrayEncoder()));
    Column[] columns =
        maps
            ? new Column[] {all("_1"), all("_2"), functions.col("_3").as(MAP)}
            : new Column[] {all("_1"), all("_2")};
    return scored.select(columns);
  }

  /** {@link #SCHEMA}, and what is decided. */
  static StructType schema(ScorerSettings settings) {
    StructType schema = SCHEMA;
    for (StructField field : Decider.schema(settings.decisions()).fields()) {
      schema = schema.add(field);
    }
    return schema;
  }

  private static Column all(String struct) {
    return functions.col(struct + ".*");
  }

  @Override
  public Iterator<Tuple3<Row, Row, float[]>> call(Iterator<Row> rows) {
    return ScoredImages.of(settings, content, maps, rows);
  }
}
