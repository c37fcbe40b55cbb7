package io.nightjar.decision;

import io.nightjar.score.ImageScoreKind;
import java.io.Serializable;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamPair;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/** The declared parameters of one stage. */
public final class PatchDecisionParamSet implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double DEFAULT_RATE = 0.01;
  private static final int DEFAULT_SIDE = 224;

  final Param<String> inputCol;
  final Param<String> pValueCol;
  final Param<String> verdictCol;
  final Param<String> regionsCol;
  final Param<String> widthCol;
  final Param<String> heightCol;
  final Param<String> imageScore;
  final DoubleParam falseAlarmRate;
  final DoubleParam pixelFalsePositiveRate;
  final DoubleParam pixelThreshold;
  final DoubleParam smoothing;
  final IntParam imageSize;
  final LongParam minArea;
  final IntParam mergeWithin;

  PatchDecisionParamSet(Params stage) {
    inputCol =
        new Param<>(stage, "inputCol", "column of the patches' distances: array<float>, row-major");
    pValueCol = new Param<>(stage, "pValueCol", "new column of conformal p-values");
    verdictCol = new Param<>(stage, "verdictCol", "new column: normal or anomalous");
    regionsCol =
        new Param<>(
            stage, "regionsCol", "new column of regions; none are found where it is not set");
    widthCol = new Param<>(stage, "widthCol", "column of the images' widths; by default imageSize");
    heightCol =
        new Param<>(stage, "heightCol", "column of the images' heights; by default imageSize");
    imageScore = new Param<>(stage, "imageScore", "score of an image: max, top3 or top1%");
    falseAlarmRate = rate(stage, "falseAlarmRate", "normal images that may be called anomalous");
    pixelFalsePositiveRate =
        rate(
            stage,
            "pixelFalsePositiveRate",
            "a normal image's patches that may lie at or above the threshold of regions");
    pixelThreshold =
        new DoubleParam(
            stage, "pixelThreshold", "threshold of regions, above 0", ParamValidators.gt(0));
    smoothing =
        new DoubleParam(
            stage,
            "smoothing",
            "Gaussian sigma of the maps that regions are found in, in pixels of imageSize",
            ParamValidators.inRange(0, 1000));
    imageSize =
        new IntParam(stage, "imageSize", "side of the network's input", ParamValidators.gtEq(1));
    minArea =
        new LongParam(
            stage, "minArea", "pixels that a region has at least", ParamValidators.gtEq(1));
    mergeWithin =
        new IntParam(
            stage,
            "mergeWithin",
            "pixels below the threshold within a region, 0 to 1000",
            ParamValidators.inRange(0, 1000));
  }

  private static DoubleParam rate(Params stage, String name, String of) {
    return new DoubleParam(
        stage,
        name,
        "fraction of " + of + ", in (0, 1)",
        ParamValidators.inRange(0, 1, false, false));
  }

  /** The defaults, for the stage to set. */
  ParamPair<?>[] defaults() {
    return new ParamPair<?>[] {
      pValueCol.w("p_value"),
      verdictCol.w("verdict"),
      imageScore.w(ImageScoreKind.MAX.id()),
      falseAlarmRate.w(DEFAULT_RATE),
      smoothing.w(0.0),
      imageSize.w(DEFAULT_SIDE),
      minArea.w(1L),
      mergeWithin.w(0)
    };
  }
}
