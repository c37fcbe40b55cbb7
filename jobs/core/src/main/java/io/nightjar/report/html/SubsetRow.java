package io.nightjar.report.html;

import io.nightjar.metric.result.SubsetMetrics;
import io.nightjar.report.Numbers;
import io.nightjar.report.OptionalMetric;
import java.util.List;
import java.util.Optional;

/**
 * A category's figures for a part of its test images.
 *
 * @param name of the kind of defect or of the group, in words
 * @param images how many there are; of a kind of defect without the good ones
 * @param figures those after the pixel AUPRC
 */
public record SubsetRow(
    String name, String images, Figure auprc, Optional<Bar> bar, List<Figure> figures) {

  static SubsetRow of(String name, SubsetMetrics metrics, List<SubsetTable.Column> columns) {
    OptionalMetric auprc = OptionalMetric.of(metrics.pixelAuprc());
    return new SubsetRow(
        name.replace('_', ' '),
        Numbers.count(metrics.images()),
        Figure.of(auprc),
        Bar.of(auprc),
        columns.stream()
            .map(column -> column.value().apply(metrics))
            .map(OptionalMetric::of)
            .map(Figure::of)
            .toList());
  }
}
