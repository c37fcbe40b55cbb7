package io.nightjar.report.reason;

import static io.nightjar.io.parquet.TableColumn.optional;
import static io.nightjar.io.parquet.TableColumn.required;

import io.nightjar.io.parquet.ColumnType;
import io.nightjar.io.parquet.TableColumn;
import io.nightjar.report.table.CsvLine;
import io.nightjar.score.PatchBox;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The table of reasons: a row for each patch. */
public final class ReasonTable {
  /** Components that have columns. */
  private static final int COMPONENTS = 3;

  private ReasonTable() {}

  /**
   * The columns.
   *
   * @param stages their names, each of which has a column
   */
  public static List<TableColumn<PatchReason>> columns(List<String> stages) {
    List<TableColumn<PatchReason>> columns = new ArrayList<>();
    columns.add(required("category", ColumnType.STRING, PatchReason::category));
    columns.add(required("path", ColumnType.STRING, PatchReason::path));
    columns.add(required("patch", ColumnType.INT, PatchReason::number));
    columns.add(required("score", ColumnType.FLOAT, PatchReason::score));
    columns.add(required("row", ColumnType.INT, PatchReason::row));
    columns.add(required("column", ColumnType.INT, PatchReason::column));
    columns.add(required("left", ColumnType.INT, patch -> patch.box().left()));
    columns.add(required("top", ColumnType.INT, patch -> patch.box().top()));
    columns.add(required("width", ColumnType.INT, patch -> patch.box().width()));
    columns.add(required("height", ColumnType.INT, patch -> patch.box().height()));
    columns.add(required("distance", ColumnType.DOUBLE, PatchReason::distance));
    columns.add(required("normal_path", ColumnType.STRING, patch -> patch.normal().path()));
    columns.add(required("normal_row", ColumnType.INT, patch -> patch.normal().row()));
    columns.add(required("normal_column", ColumnType.INT, patch -> patch.normal().column()));
    columns.add(ofNormal("normal_left", PatchBox::left));
    columns.add(ofNormal("normal_top", PatchBox::top));
    columns.add(ofNormal("normal_width", PatchBox::width));
    columns.add(ofNormal("normal_height", PatchBox::height));
    columns.add(optional("normal_remark", ColumnType.STRING, ReasonTable::remark));
    for (int i = 0; i < stages.size(); i++) {
      int stage = i;
      columns.add(
          optional(
              stages.get(i) + "_fraction",
              ColumnType.DOUBLE,
              patch -> patch.stages().isEmpty() ? null : patch.stages().get(stage)));
    }
    columns.add(
        optional(
            "position_fraction",
            ColumnType.DOUBLE,
            patch -> patch.stages().isEmpty() ? null : patch.position()));
    for (int i = 0; i < COMPONENTS; i++) {
      String name = "component_" + (i + 1);
      columns.add(ofComponent(name, ColumnType.INT, i, PatchReason.Component::number));
      columns.add(
          ofComponent(name + "_fraction", ColumnType.DOUBLE, i, PatchReason.Component::fraction));
    }
    columns.add(
        optional(
            "outside_fraction",
            ColumnType.DOUBLE,
            patch -> patch.outside().isPresent() ? patch.outside().getAsDouble() : null));
    return List.copyOf(columns);
  }

  private static TableColumn<PatchReason> ofNormal(String name, Function<PatchBox, Integer> side) {
    return optional(name, ColumnType.INT, patch -> patch.normal().box().map(side).orElse(null));
  }

  private static TableColumn<PatchReason> ofComponent(
      String name, ColumnType type, int place, Function<PatchReason.Component, Object> value) {
    return optional(
        name,
        type,
        patch ->
            place < patch.components().size() ? value.apply(patch.components().get(place)) : null);
  }

  private static String remark(PatchReason patch) {
    return patch.normal().remark().isEmpty() ? null : patch.normal().remark();
  }

  /** {@code reasons.csv}: the same, numbers unrounded, what does not exist empty (RFC 4180). */
  public static String csv(RunReasons reasons) {
    List<TableColumn<PatchReason>> columns = columns(reasons.stages());
    StringBuilder csv = new StringBuilder();
    csv.append(columns.stream().map(TableColumn::name).collect(Collectors.joining(",")))
        .append("\r\n");
    for (PatchReason patch : reasons.patches()) {
      csv.append(CsvLine.of(columns.stream().map(column -> column.of(patch)).toArray()))
          .append("\r\n");
    }
    return csv.toString();
  }
}
