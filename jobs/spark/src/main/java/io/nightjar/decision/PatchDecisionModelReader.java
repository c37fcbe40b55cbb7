package io.nightjar.decision;

import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.ReferenceScores;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import scala.Option;

/** Reads what {@link PatchDecisionModelWriter} wrote. */
final class PatchDecisionModelReader extends MLReader<PatchDecisionModel> {

  // Spark 4 deprecates what takes a SparkContext; Spark 3.5 has nothing else.
  @SuppressWarnings("deprecation")
  @Override
  public PatchDecisionModel load(String path) {
    DefaultParamsReader.Metadata metadata =
        DefaultParamsReader.loadMetadata(path, sc(), PatchDecisionModel.class.getName());
    ReferenceScores normal =
        ReferenceScores.find(
                new BankLocation(path, PatchDecisionModelWriter.VERSION),
                sc().hadoopConfiguration())
            .filter(ReferenceScores::hasCalibration)
            .orElseThrow(() -> incomplete(path));
    PatchDecisionModel model = new PatchDecisionModel(metadata.uid(), normal);
    metadata.getAndSetParams(model, Option.empty());
    return model;
  }

  private static InvalidInputException incomplete(String path) {
    return new InvalidInputException(
        Text.format("The model at %s lacks the scores of its normal images; save it again", path));
  }
}
