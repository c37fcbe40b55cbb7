package io.nightjar.report.history.output;

import io.nightjar.io.HadoopPaths;
import io.nightjar.io.parquet.ColumnType;
import io.nightjar.io.parquet.TableColumn;
import io.nightjar.report.Numbers;
import io.nightjar.report.ReportedInterval;
import io.nightjar.report.ReportedMetric;
import io.nightjar.report.history.RunRecord;
import io.nightjar.report.history.RunsHistory;
import io.nightjar.text.Addresses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The columns of the table of a history, the same for every data set: one row for each category of
 * each run, with or without a result.
 */
public final class HistoryColumns {
  /** The column that names the folder of the run. */
  public static final String RUN = "run";

  /** The column that names the category; with {@link #RUN} it is the key of a row. */
  public static final String CATEGORY = "category";

  private static final List<TableColumn<CategoryRow>> ALL = all();

  private HistoryColumns() {}

  /**
   * A category of a run.
   *
   * @param uri of the run's folder
   * @param category its name
   * @param result empty where it has none
   * @param failure why it has none
   */
  public record CategoryRow(
      String uri,
      RunRecord run,
      String category,
      Optional<RunRecord.Category> result,
      Optional<String> failure) {}

  /** All columns, in their order. */
  public static List<TableColumn<CategoryRow>> columns() {
    return ALL;
  }

  /** The rows of all runs. */
  public static Stream<CategoryRow> rows(RunsHistory history) {
    return history.runs().flatMap(run -> rows(history.root(), run));
  }

  /** The rows of a run. */
  public static Stream<CategoryRow> rows(String root, RunRecord run) {
    String uri =
        Addresses.redacted(run.path().isEmpty() ? root : HadoopPaths.child(root, run.path()));
    return Stream.concat(
        run.categories().stream()
            .map(
                one ->
                    new CategoryRow(uri, run, one.category(), Optional.of(one), Optional.empty())),
        run.failed().stream()
            .map(
                one ->
                    new CategoryRow(
                        uri, run, one.category(), Optional.empty(), Optional.of(one.reason()))));
  }

  private static List<TableColumn<CategoryRow>> all() {
    List<TableColumn<CategoryRow>> columns = new ArrayList<>();
    columns.add(new TableColumn<>(RUN, ColumnType.STRING, false, CategoryRow::uri));
    columns.add(
        new TableColumn<>("started", ColumnType.TIMESTAMP, false, row -> row.run().start()));
    columns.add(text("data", row -> row.run().root()));
    columns.add(new TableColumn<>(CATEGORY, ColumnType.STRING, false, CategoryRow::category));
    columns.add(text("failure", row -> row.failure().orElse("")));
    for (String count : List.of("train_images", "test_images", "quarantined", "components")) {
      columns.add(integer(count));
    }
    for (String count : List.of("bank_rows", "pixels", "defective_pixels")) {
      columns.add(whole(count));
    }
    for (ReportedMetric metric : ReportedMetric.values()) {
      columns.add(number(metric.key()));
    }
    for (ReportedInterval interval : ReportedInterval.values()) {
      columns.add(number(interval.key() + "_lower"));
      columns.add(number(interval.key() + "_upper"));
    }
    columns.add(text("resolution", row -> row.result().map(one -> one.resolution()).orElse("")));
    columns.add(number("seconds"));
    columns.add(
        new TableColumn<>(
            "run_seconds",
            ColumnType.DOUBLE,
            true,
            row -> row.run().wallSeconds() > 0 ? (Object) row.run().wallSeconds() : null));
    columns.add(
        new TableColumn<>(
            "run_quarantined", ColumnType.INT, false, row -> row.run().quarantined()));
    columns.add(text("nightjar", row -> row.run().version()));
    columns.add(text("weights_sha256", row -> row.run().weights()));
    columns.add(
        text("data_sha256", row -> row.run().fingerprints().getOrDefault(row.category(), "")));
    return List.copyOf(columns);
  }

  /** A text that is null where it is empty. */
  private static TableColumn<CategoryRow> text(String name, Function<CategoryRow, String> value) {
    return new TableColumn<>(
        name,
        ColumnType.STRING,
        true,
        row -> {
          String text = Addresses.redacted(value.apply(row));
          return text.isEmpty() ? null : text;
        });
  }

  private static TableColumn<CategoryRow> integer(String name) {
    return new TableColumn<>(
        name,
        ColumnType.INT,
        true,
        row -> {
          OptionalDouble number = number(row, name);
          return number.isPresent() ? (Object) (int) number.getAsDouble() : null;
        });
  }

  private static TableColumn<CategoryRow> whole(String name) {
    return new TableColumn<>(
        name,
        ColumnType.LONG,
        true,
        row -> {
          OptionalDouble number = number(row, name);
          return number.isPresent() ? (Object) (long) number.getAsDouble() : null;
        });
  }

  private static TableColumn<CategoryRow> number(String name) {
    return new TableColumn<>(
        name,
        ColumnType.DOUBLE,
        true,
        row -> {
          OptionalDouble number = number(row, name);
          return number.isPresent() ? (Object) Numbers.stored(number.getAsDouble()) : null;
        });
  }

  private static OptionalDouble number(CategoryRow row, String name) {
    return row.result().map(one -> one.number(name)).orElse(OptionalDouble.empty());
  }
}
