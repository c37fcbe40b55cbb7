package io.nightjar.decision;

import io.nightjar.backbone.ClassicSession;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.ReferenceScores;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.decision.calibration.NormalScores;
import io.nightjar.error.InvalidInputException;
import io.nightjar.metric.detection.RegionFinder;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.ImageScores;
import io.nightjar.score.MapResize;
import io.nightjar.text.Text;
import java.util.Optional;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamPair;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;

/**
 * Adds to each image its conformal p-value, a verdict and, on request, its regions, by the scores
 * of normal images: the columns that {@code score --false-alarm-rate --regions} writes.
 */
public final class PatchDecisionModel extends Model<PatchDecisionModel>
    implements PatchDecisionSetters<PatchDecisionModel>, MLWritable {
  private static final long serialVersionUID = 1L;

  /** The identifier of the stage. */
  private final String uid;

  /** Of normal images. */
  private final transient ReferenceScores normal;

  /** The parameters shared with the estimator. */
  private final PatchDecisionParamSet declared;

  PatchDecisionModel(String uid, ReferenceScores normal) {
    this.uid = uid;
    this.normal = normal;
    this.declared = new PatchDecisionParamSet(this);
    for (ParamPair<?> pair : declared.defaults()) {
      byDefault(pair);
    }
  }

  private <T> void byDefault(ParamPair<T> pair) {
    setDefault(pair.param(), pair.value());
  }

  /**
   * A model that knows the scores of a stored bank's own images, for distances from that bank to
   * one neighbour.
   *
   * @param session whose Hadoop configuration reads the bank
   * @param bank the folder of one bank, {@code URI} or {@code URI@VERSION}
   * @return a model without names of columns
   * @throws InvalidInputException if the bank cannot be read, or has no calibration
   */
  public static PatchDecisionModel ofBank(SparkSession session, String bank) {
    var hadoop =
        ClassicSession.require(session, "PatchDecisionModel").sparkContext().hadoopConfiguration();
    StoredBank stored = StoredBank.open(BankLocation.parse(bank), hadoop);
    if (!stored.manifest().backbone().tiles().isWhole()) {
      throw new InvalidInputException(
          Text.format(
              "The bank %s has %s, and these stages take an image as a whole; use a bank that was"
                  + " built without --tiles.",
              stored.location(), stored.manifest().backbone().tiles().describe()));
    }
    return new PatchDecisionModel(
        Identifiable$.MODULE$.randomUID("patchDecision"), NormalScores.required(stored, hadoop));
  }

  /**
   * Reads a model that {@code write().save(path)} wrote.
   *
   * @return a reader of saved models
   */
  public static MLReader<PatchDecisionModel> read() {
    return new PatchDecisionModelReader();
  }

  /**
   * Reads a model, as {@code read().load(path)} does.
   *
   * @param path the folder of the model
   * @return the model
   */
  public static PatchDecisionModel load(String path) {
    return read().load(path);
  }

  /**
   * The number of normal images, n, whose scores images are compared with.
   *
   * @return at least 1
   */
  public int normalImages() {
    return normal.images().size();
  }

  ReferenceScores normal() {
    return normal;
  }

  /** Refuses rates that so few images cannot promise. */
  PatchDecisionModel requirePossible() {
    if (normal.images().isEmpty()) {
      throw new InvalidInputException(
          "PatchDecision was given no image; fit it on normal images that no other stage saw");
    }
    settings().rates().requirePossible(normal.images().size(), normal.category());
    return this;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    ClassicSession.require(dataset.sparkSession(), "PatchDecisionModel");
    transformSchema(dataset.schema(), true);
    DecisionSettings settings = settings();
    Decider decider = Decider.of(normal, settings, kind());
    int side = (Integer) getOrDefault(declared.imageSize);
    MapResize resize = new MapResize((Double) getOrDefault(declared.smoothing), side, side);
    UDF3<Seq<Float>, Integer, Integer, Row> decide =
        (distances, width, height) -> decide(decider, resize, distances, width, height);
    // Otherwise Spark computes it again for each of the columns.
    Column decided =
        functions
            .udf(decide, Decider.schema(settings))
            .asNondeterministic()
            .apply(
                functions.col(getOrDefault(declared.inputCol)),
                side(declared.widthCol),
                side(declared.heightCol));
    String all = uid + "_decided";
    Dataset<Row> result = dataset.withColumn(all, decided);
    StructField[] fields = Decider.schema(settings).fields();
    StructField[] columns = columns();
    for (int i = 0; i < fields.length; i++) {
      result =
          result.withColumn(columns[i].name(), functions.col("`" + all + "`." + fields[i].name()));
    }
    return result.drop(all);
  }

  private Column side(org.apache.spark.ml.param.Param<String> column) {
    return isDefined(column)
        ? functions.col(getOrDefault(column))
        : functions.lit(getOrDefault(declared.imageSize)).cast(DataTypes.IntegerType);
  }

  private static Row decide(
      Decider decider, MapResize resize, Seq<Float> values, Integer width, Integer height) {
    if (width == null || height == null || width < 1 || height < 1) {
      throw new InvalidInputException(
          Text.format("An image cannot be %s x %s pixels large", width, height));
    }
    AnomalyMap map = Distances.map(Distances.of(values));
    ImageScores scores = ImageScores.of(map.max(), map);
    Optional<RegionFinder> finder = decider.finder(width, height);
    finder.ifPresent(rows -> resize.rows(map, width, height, rows));
    return RowFactory.create(decider.values(scores, finder).toArray());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    requirePossible();
    return checkedSchema(schema);
  }

  @Override
  public PatchDecisionModel copy(ParamMap extra) {
    return copyValues(new PatchDecisionModel(uid, normal), extra).setParent(parent());
  }

  /**
   * Metadata as MLlib writes it, and the scores as a bank has them, in {@code reference-scores}.
   */
  @Override
  public MLWriter write() {
    return new PatchDecisionModelWriter(this);
  }

  @Override
  public PatchDecisionModel self() {
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
