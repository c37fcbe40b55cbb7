package io.nightjar.bank;

import io.nightjar.bank.search.MemoryBank;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import scala.Option;
import scala.Tuple3;

/**
 * Writes Spark's metadata and a Parquet row for each block: its number, the number of blocks, its
 * values.
 */
final class PatchKnnModelWriter extends MLWriter {
  static final String DATA = "data";
  static final String[] COLUMNS = {"block", "blocks", "values"};

  /** Small enough for any executor, large enough for few files. */
  private static final long VALUES_PER_FILE = 1L << 25;

  private final PatchKnnModel model;

  PatchKnnModelWriter(PatchKnnModel model) {
    this.model = model;
  }

  static Encoder<Tuple3<Long, Long, float[]>> encoder(SparkSession session) {
    return Encoders.tuple(
        Encoders.LONG(), Encoders.LONG(), session.implicits().newFloatArrayEncoder());
  }

  // Spark 4 deprecates what takes a SparkContext; Spark 3.5 has nothing else.
  @SuppressWarnings("deprecation")
  @Override
  public void saveImpl(String path) {
    DefaultParamsWriter.saveMetadata(model, path, sc(), Option.empty(), Option.empty());
    MemoryBank bank = model.memoryBank();
    long blocks = bank.blocks().size();
    long files = 1 + (long) bank.rows() * bank.dimension() / VALUES_PER_FILE;
    Broadcast<MemoryBank> shared = JavaSparkContext.fromSparkContext(sc()).broadcast(bank);
    MapFunction<Long, Tuple3<Long, Long, float[]>> row =
        block -> new Tuple3<>(block, blocks, shared.value().blocks().get(block.intValue()));
    sparkSession()
        .range(0, blocks, 1, (int) Math.min(blocks, files))
        .map(row, encoder(sparkSession()))
        .toDF(COLUMNS)
        .write()
        .parquet(new Path(path, DATA).toString());
    shared.destroy();
  }
}
