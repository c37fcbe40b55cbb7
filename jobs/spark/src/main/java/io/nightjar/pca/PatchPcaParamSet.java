package io.nightjar.pca;

import java.io.Serializable;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.Identifiable;

/** The declared parameters of one stage. */
final class PatchPcaParamSet implements Serializable {
  private static final long serialVersionUID = 1L;

  static final String BLOCKED = "blocked";
  static final String MLLIB = "mllib";

  final Param<String> inputCol;
  final Param<String> outputCol;
  final DoubleParam variance;
  final IntParam maxComponents;
  final IntParam channels;
  final Param<String> solver;

  PatchPcaParamSet(Identifiable stage) {
    inputCol =
        new Param<>(
            stage,
            "inputCol",
            "column of patches: array<float> with one or many, row-major, or a vector with one");
    outputCol = new Param<>(stage, "outputCol", "new column of the patches' components");
    variance =
        new DoubleParam(
            stage,
            "variance",
            "explained variance ratio to keep, above 0, at most 1",
            ParamValidators.inRange(0, 1, false, true));
    maxComponents =
        new IntParam(
            stage, "maxComponents", "components kept at most, at least 1", ParamValidators.gtEq(1));
    channels =
        new IntParam(stage, "channels", "values per patch, at least 1", ParamValidators.gtEq(1));
    solver =
        new Param<>(
            stage,
            "solver",
            "blocked or mllib",
            ParamValidators.inArray(new String[] {BLOCKED, MLLIB}));
  }
}
