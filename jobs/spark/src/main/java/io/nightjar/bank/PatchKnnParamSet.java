package io.nightjar.bank;

import java.io.Serializable;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.Identifiable;

/** The declared parameters of one stage. */
final class PatchKnnParamSet implements Serializable {
  private static final long serialVersionUID = 1L;

  final Param<String> inputCol;
  final Param<String> outputCol;
  final IntParam k;
  final IntParam dimension;

  PatchKnnParamSet(Identifiable stage) {
    inputCol =
        new Param<>(
            stage, "inputCol", "column of patches: array<float>, patches x dimension, row-major");
    outputCol =
        new Param<>(
            stage, "outputCol", "new column of the patches' mean distances to their neighbours");
    k = new IntParam(stage, "k", "neighbours to average over, at least 1", ParamValidators.gtEq(1));
    dimension =
        new IntParam(stage, "dimension", "values per patch, at least 1", ParamValidators.gtEq(1));
  }
}
