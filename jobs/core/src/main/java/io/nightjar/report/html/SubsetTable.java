package io.nightjar.report.html;

import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.metric.result.Estimate;
import io.nightjar.metric.result.SubsetMetrics;
import io.nightjar.report.ReportedMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A category's figures for each part of its test images.
 *
 * @param kind what the parts are, as the heading of their column
 * @param labels of the figures after the pixel AUPRC
 * @param rows at least one
 */
public record SubsetTable(String kind, List<String> labels, List<SubsetRow> rows) {

  /** A figure of the parts. */
  record Column(String label, Function<SubsetMetrics, Estimate> value) {}

  /** The tables by kind of defect and by group; none where there are no parts. */
  static List<SubsetTable> of(CategoryMetrics metrics) {
    List<SubsetTable> tables = new ArrayList<>();
    Column ap = new Column(ReportedMetric.IMAGE_AP.label(), SubsetMetrics::imageAveragePrecision);
    add("Defect", metrics.byDefect(), List.of(), tables);
    add("Group", metrics.byGroup(), List.of(ap), tables);
    return tables;
  }

  private static void add(
      String kind,
      Map<String, SubsetMetrics> subsets,
      List<Column> further,
      List<SubsetTable> tables) {
    if (subsets.isEmpty()) {
      return;
    }
    List<Column> columns = new ArrayList<>();
    columns.add(new Column(ReportedMetric.AUPRO_30.label(), SubsetMetrics::aupro30));
    if (subsets.values().stream().anyMatch(subset -> subset.saturated().isPresent())) {
      columns.add(
          new Column(
              ReportedMetric.AU_SPRO_05.label(),
              subset -> subset.saturated().orElseThrow().auSpro05()));
    }
    columns.add(new Column(ReportedMetric.PIXEL_AUROC.label(), SubsetMetrics::pixelAuroc));
    columns.add(new Column(ReportedMetric.IMAGE_AUROC.label(), SubsetMetrics::imageAuroc));
    columns.addAll(further);
    tables.add(
        new SubsetTable(
            kind,
            columns.stream().map(Column::label).toList(),
            subsets.entrySet().stream()
                .map(entry -> SubsetRow.of(entry.getKey(), entry.getValue(), columns))
                .toList()));
  }
}
