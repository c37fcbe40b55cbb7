package io.nightjar.table;

import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/** The function of {@link BankScorer#compare}. */
record ComparePatches(ScorerSettings settings)
    implements MapPartitionsFunction<Tuple2<Row, float[]>, Tuple2<Row, float[]>> {
  private static final long serialVersionUID = 1L;

  @Override
  public Iterator<Tuple2<Row, float[]>> call(Iterator<Tuple2<Row, float[]>> rows) {
    return MappedArrays.compared(settings, rows);
  }
}
