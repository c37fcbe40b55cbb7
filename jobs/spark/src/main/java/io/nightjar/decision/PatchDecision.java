package io.nightjar.decision;

import io.nightjar.backbone.ClassicSession;
import io.nightjar.bank.calibration.PatchDistances;
import io.nightjar.bank.store.ReferenceScores;
import io.nightjar.error.InvalidInputException;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.ImageScores;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamPair;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * Learns from normal images how large distances are normal, so that images can be decided on
 * without labels: split conformal prediction (Vovk et al., <i>Algorithmic Learning in a Random
 * World</i>, 2005). Fit it on images that no other stage was fitted on; the distances of a bank's
 * own images from that bank are zero. {@link PatchDecisionModel#ofBank} takes what a stored bank
 * keeps instead.
 *
 * <pre>{@code
 * PipelineModel bank = new Pipeline().setStages(…).fit(normal);
 * PatchDecisionModel decision =
 *     new PatchDecision().setInputCol("distances").setFalseAlarmRate(0.02).fit(bank.transform(heldOut));
 * Dataset<Row> decided = decision.transform(bank.transform(images));
 * }</pre>
 */
public final class PatchDecision extends Estimator<PatchDecisionModel>
    implements PatchDecisionSetters<PatchDecision>, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  /** The identifier of the stage. */
  private final String uid;

  /** The parameters shared with the model. */
  private final PatchDecisionParamSet declared;

  /** Creates an estimator with a random identifier. */
  public PatchDecision() {
    this(Identifiable$.MODULE$.randomUID("patchDecision"));
  }

  /**
   * Creates an estimator with a given identifier, as Spark's reader does.
   *
   * @param uid the identifier
   */
  public PatchDecision(String uid) {
    this.uid = uid;
    this.declared = new PatchDecisionParamSet(this);
    for (ParamPair<?> pair : declared.defaults()) {
      byDefault(pair);
    }
  }

  private <T> void byDefault(ParamPair<T> pair) {
    setDefault(pair.param(), pair.value());
  }

  /**
   * Reads an estimator that {@code write().save(path)} wrote.
   *
   * @return a reader of saved estimators
   */
  public static MLReader<PatchDecision> read() {
    return new DefaultParamsReader<>();
  }

  /**
   * Reads an estimator, as {@code read().load(path)} does.
   *
   * @param path the folder of the estimator
   * @return the estimator
   */
  public static PatchDecision load(String path) {
    return read().load(path);
  }

  /**
   * Learns from normal images, one in each row, whose distances go through the driver.
   *
   * @param dataset with the column of distances, as many in every row
   * @return a model that knows the scores of these images
   * @throws InvalidInputException if there is no row, a distance is no finite number, or so few
   *     images cannot promise the rates
   */
  @Override
  public PatchDecisionModel fit(Dataset<?> dataset) {
    ClassicSession.require(dataset.sparkSession(), "PatchDecision");
    transformSchema(dataset.schema(), true);
    Iterator<float[]> rows =
        dataset
            .select(functions.col(getOrDefault(declared.inputCol)))
            .as(dataset.sparkSession().implicits().newFloatArrayEncoder())
            .toLocalIterator();
    List<ReferenceScores.Image> images = new ArrayList<>();
    PatchDistances patches = PatchDistances.of(() -> new Scored(rows, images));
    ReferenceScores scores =
        new ReferenceScores(uid, 1, images.size(), images, Optional.of(patches));
    return copyValues(new PatchDecisionModel(uid, scores), ParamMap.empty())
        .requirePossible()
        .setParent(this);
  }

  /** The distances of images, whose scores are noted as they pass. */
  private record Scored(Iterator<float[]> rows, List<ReferenceScores.Image> images)
      implements Iterator<float[]> {
    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public float[] next() {
      float[] distances = rows.next();
      AnomalyMap map = Distances.map(distances);
      ImageScores scores = ImageScores.of(map.max(), map);
      images.add(
          new ReferenceScores.Image(
              Integer.toString(images.size()),
              scores.max(),
              scores.top1Percent(),
              scores.top3(),
              Distances.mean(distances)));
      return distances;
    }
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return checkedSchema(schema);
  }

  @Override
  public PatchDecision copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public PatchDecision self() {
    return this;
  }

  @Override
  public PatchDecisionParamSet declared() {
    return declared;
  }

  @Override
  public String uid() {
    return uid;
  }
}
