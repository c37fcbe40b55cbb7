package io.nightjar.report.html;

import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.metric.result.DefectMetrics;
import io.nightjar.report.Numbers;
import io.nightjar.report.OptionalMetric;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A category's figures for one kind of defect.
 *
 * @param defect its name, in words
 * @param images defective images of the kind
 * @param figures AUPRO 0.30, pixel AUROC and image AUROC
 */
public record DefectRow(
    String defect, String images, Figure auprc, Optional<Bar> bar, List<Figure> figures) {

  static List<DefectRow> of(CategoryMetrics metrics) {
    return metrics.byDefect().entrySet().stream()
        .map(entry -> row(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static DefectRow row(String defect, DefectMetrics metrics) {
    OptionalMetric auprc = OptionalMetric.of(metrics.pixelAuprc());
    return new DefectRow(
        defect.replace('_', ' '),
        Numbers.count(metrics.images()),
        Figure.of(auprc),
        Bar.of(auprc),
        Stream.of(metrics.aupro30(), metrics.pixelAuroc(), metrics.imageAuroc())
            .map(OptionalMetric::of)
            .map(Figure::of)
            .toList());
  }
}
