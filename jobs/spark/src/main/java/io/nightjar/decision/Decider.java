package io.nightjar.decision;

import io.nightjar.bank.store.ReferenceScores;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.decision.calibration.NormalScores;
import io.nightjar.metric.decision.ImageDecision;
import io.nightjar.metric.detection.AnomalyRegion;
import io.nightjar.metric.detection.RegionFinder;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.score.ImageScores;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Decides on images, in a task, as {@code io.nightjar.job.ScoreImages} does, and describes their
 * regions.
 */
public final class Decider implements Serializable {
  private static final long serialVersionUID = 1L;

  static final String P_VALUE = "p_value";
  static final String VERDICT = "verdict";
  static final String REGIONS = "regions";

  /** A region, with the columns of the table that {@code score --regions} writes. */
  private static final StructType REGION =
      new StructType()
          .add("area", DataTypes.LongType, false)
          .add("left", DataTypes.IntegerType, false)
          .add("top", DataTypes.IntegerType, false)
          .add("width", DataTypes.IntegerType, false)
          .add("height", DataTypes.IntegerType, false)
          .add("centroid_x", DataTypes.DoubleType, false)
          .add("centroid_y", DataTypes.DoubleType, false)
          .add("peak", DataTypes.FloatType, false)
          .add("peak_x", DataTypes.IntegerType, false)
          .add("peak_y", DataTypes.IntegerType, false)
          .add("mean", DataTypes.DoubleType, false)
          .add(P_VALUE, DataTypes.DoubleType);

  private final DecisionSettings settings;
  private final ImageScoreKind kind;

  /** Of the kind that decides, and of the largest distance; none where nothing is decided. */
  private final List<NormalScores> normal;

  /** Of regions, for all images; NaN where none are found. */
  private final float threshold;

  private Decider(DecisionSettings settings, ImageScoreKind kind, List<NormalScores> normal) {
    this.settings = settings;
    this.kind = kind;
    this.normal = normal;
    this.threshold = threshold();
  }

  /**
   * Decides by what a bank keeps of its own images.
   *
   * @param kind of image score that is compared
   */
  public static Decider of(
      StoredBank bank, DecisionSettings settings, ImageScoreKind kind, Configuration hadoop) {
    return settings.decides()
        ? of(NormalScores.required(bank, hadoop), settings, kind)
        : new Decider(settings, kind, List.of());
  }

  /**
   * Decides by the scores of normal images.
   *
   * @param kind of image score that is compared
   */
  public static Decider of(ReferenceScores own, DecisionSettings settings, ImageScoreKind kind) {
    return new Decider(settings, kind, List.of(scores(own, kind), scores(own, ImageScoreKind.MAX)));
  }

  private static NormalScores scores(ReferenceScores own, ImageScoreKind kind) {
    return NormalScores.of(own.images(), own.patches().orElseThrow(), kind);
  }

  /** The columns that settings add. */
  public static StructType schema(DecisionSettings settings) {
    StructType schema = new StructType();
    if (settings.decides()) {
      schema = schema.add(P_VALUE, DataTypes.DoubleType).add(VERDICT, DataTypes.StringType);
    }
    return settings.regions()
        ? schema.add(REGIONS, DataTypes.createArrayType(REGION, false))
        : schema;
  }

  /** What finds the regions of an image; empty where they are not asked for. */
  public Optional<RegionFinder> finder(int width, int height) {
    return settings.regions()
        ? Optional.of(new RegionFinder(width, height, threshold, settings.rules()))
        : Optional.empty();
  }

  private float threshold() {
    if (!settings.regions()) {
      return Float.NaN;
    }
    return Double.isNaN(settings.pixelThreshold())
        ? normal.get(0).patchThreshold(settings.pixelRate())
        : (float) settings.pixelThreshold();
  }

  /**
   * The values of the columns.
   *
   * @param scores of the map before it is upsampled and smoothed
   * @param finder that has seen all rows of the map
   */
  public List<Object> values(ImageScores scores, Optional<RegionFinder> finder) {
    List<Object> values = new ArrayList<>();
    if (!normal.isEmpty()) {
      ImageDecision decided =
          normal.get(0).scores().decide(scores.of(kind), settings.falseAlarmRate());
      values.add(decided.pValue());
      values.add(decided.verdict());
    }
    finder.ifPresent(
        found -> values.add(found.regions().all().stream().map(this::row).toArray(Row[]::new)));
    return values;
  }

  private Row row(AnomalyRegion region) {
    return RowFactory.create(
        region.area(),
        region.left(),
        region.top(),
        region.width(),
        region.height(),
        region.centroidX(),
        region.centroidY(),
        region.peak(),
        region.peakX(),
        region.peakY(),
        region.mean(),
        normal.isEmpty() ? null : (Double) normal.get(1).scores().pValue(region.peak()));
  }
}
