package io.nightjar.decision;

import io.nightjar.bank.store.ReferenceScores;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;
import scala.Option;

/** Writes Spark's metadata and the scores of the normal images. */
final class PatchDecisionModelWriter extends MLWriter {
  /** Of the scores within the model, whatever bank's they are. */
  static final int VERSION = 1;

  private final PatchDecisionModel model;

  PatchDecisionModelWriter(PatchDecisionModel model) {
    this.model = model;
  }

  // Spark 4 deprecates what takes a SparkContext; Spark 3.5 has nothing else.
  @SuppressWarnings("deprecation")
  @Override
  public void saveImpl(String path) {
    DefaultParamsWriter.saveMetadata(model, path, sc(), Option.empty(), Option.empty());
    ReferenceScores normal = model.normal();
    new ReferenceScores(
            normal.category(), VERSION, normal.imagesOfVersion(), normal.images(), normal.patches())
        .store(path, sc().hadoopConfiguration());
  }
}
