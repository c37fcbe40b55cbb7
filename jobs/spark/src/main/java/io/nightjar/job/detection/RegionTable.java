package io.nightjar.job.detection;

import static io.nightjar.io.parquet.TableColumn.optional;
import static io.nightjar.io.parquet.TableColumn.required;

import io.nightjar.io.parquet.ColumnType;
import io.nightjar.io.parquet.TableColumn;
import io.nightjar.metric.detection.AnomalyRegion;
import java.util.List;

/** The columns of the table of regions: a row for each region. */
final class RegionTable {
  /**
   * A region of an image.
   *
   * @param number from 1, the highest peak first
   * @param pValue of the image, were this its highest score; null where nothing is decided
   * @param mask the path of the image's mask within the results
   */
  record Row(
      String category, String path, int number, AnomalyRegion region, Double pValue, String mask) {}

  static final List<TableColumn<Row>> COLUMNS =
      List.of(
          required("category", ColumnType.STRING, Row::category),
          required("path", ColumnType.STRING, Row::path),
          required("region", ColumnType.INT, Row::number),
          required("area", ColumnType.LONG, row -> row.region().area()),
          required("left", ColumnType.INT, row -> row.region().left()),
          required("top", ColumnType.INT, row -> row.region().top()),
          required("width", ColumnType.INT, row -> row.region().width()),
          required("height", ColumnType.INT, row -> row.region().height()),
          required("centroid_x", ColumnType.DOUBLE, row -> row.region().centroidX()),
          required("centroid_y", ColumnType.DOUBLE, row -> row.region().centroidY()),
          required("peak", ColumnType.FLOAT, row -> row.region().peak()),
          required("peak_x", ColumnType.INT, row -> row.region().peakX()),
          required("peak_y", ColumnType.INT, row -> row.region().peakY()),
          required("mean", ColumnType.DOUBLE, row -> row.region().mean()),
          optional("p_value", ColumnType.DOUBLE, Row::pValue),
          required("mask", ColumnType.STRING, Row::mask));

  private RegionTable() {}
}
