package io.nightjar.job.reason;

import io.nightjar.backbone.spec.Size;
import io.nightjar.report.reason.NormalPatch;
import io.nightjar.report.reason.PatchReason;
import io.nightjar.report.reason.ShownPatch;
import io.nightjar.score.PatchBox;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A patch and its nearest row.
 *
 * @param queries the highest patches of its image
 * @param place of this one among them, from 0
 * @param score of the patch
 */
record ExplainedPatch(
    String category, HighestQueries queries, int place, float score, NearestNormal nearest) {

  /**
   * As it is reported.
   *
   * @param own cut-outs of its image; null where none were drawn
   * @param normal what was found of the nearest row's image
   * @param shown whether the page shows its image
   */
  PatchReason reason(CutOutTask.Found own, CutOutTask.Found normal, boolean shown, Size grid) {
    int cell = queries.cells()[place];
    double outside = queries.outside()[place];
    return new PatchReason(
        category,
        queries.path(),
        place + 1,
        score,
        cell / grid.width(),
        cell % grid.width(),
        new PatchBox.Grid(grid.width(), grid.height(), queries.width(), queries.height()).of(cell),
        Math.sqrt(nearest.squared()),
        normal(normal, shown, grid),
        nearest.parts().stages(),
        nearest.parts().position(),
        nearest.parts().components().stream()
            .map(one -> new PatchReason.Component(one.number(), one.fraction()))
            .toList(),
        Double.isNaN(outside) ? OptionalDouble.empty() : OptionalDouble.of(outside),
        own == null ? Optional.empty() : Optional.ofNullable(own.shown().get(cell)));
  }

  private NormalPatch normal(CutOutTask.Found found, boolean shown, Size grid) {
    int cell = nearest.cell();
    Optional<ShownPatch> cutOut =
        shown ? Optional.ofNullable(found.shown().get(cell)) : Optional.empty();
    return new NormalPatch(
        nearest.path(),
        cell / grid.width(),
        cell % grid.width(),
        found.fault().isEmpty() ? Optional.of(found.over(grid).of(cell)) : Optional.empty(),
        cutOut,
        found.fault());
  }
}
