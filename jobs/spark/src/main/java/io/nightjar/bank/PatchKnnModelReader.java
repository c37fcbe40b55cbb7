package io.nightjar.bank;

import io.nightjar.bank.search.MemoryBank;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import scala.Option;
import scala.Tuple3;

/** Reads what {@link PatchKnnModelWriter} wrote. */
final class PatchKnnModelReader extends MLReader<PatchKnnModel> {

  // Spark 4 deprecates what takes a SparkContext; Spark 3.5 has nothing else.
  @SuppressWarnings("deprecation")
  @Override
  public PatchKnnModel load(String path) {
    DefaultParamsReader.Metadata metadata =
        DefaultParamsReader.loadMetadata(path, sc(), PatchKnnModel.class.getName());
    int dimension = Integer.parseInt(metadata.getParamValue("dimension").values().toString());
    PatchKnnModel model =
        new PatchKnnModel(metadata.uid(), new MemoryBank(dimension, blocks(path)));
    metadata.getAndSetParams(model, Option.empty());
    return model;
  }

  private List<float[]> blocks(String path) {
    List<Tuple3<Long, Long, float[]>> rows =
        new ArrayList<>(
            sparkSession()
                .read()
                .parquet(new Path(path, PatchKnnModelWriter.DATA).toString())
                .toDF(PatchKnnModelWriter.COLUMNS)
                .as(PatchKnnModelWriter.encoder(sparkSession()))
                .collectAsList());
    rows.sort(Comparator.comparing(Tuple3::_1));
    List<float[]> blocks = new ArrayList<>();
    for (Tuple3<Long, Long, float[]> row : rows) {
      if (row._1() != blocks.size()) {
        throw incomplete(path, blocks.size());
      }
      blocks.add(row._3());
    }
    if (rows.isEmpty() || rows.get(0)._2() != blocks.size()) {
      throw incomplete(path, blocks.size());
    }
    return blocks;
  }

  private static InvalidInputException incomplete(String path, int block) {
    return new InvalidInputException(
        Text.format(
            "The memory bank at %s is incomplete: block %d is missing; save the model again",
            path, block));
  }
}
