package io.nightjar.report.table;

import io.nightjar.metric.result.Interval;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.ReportedInterval;
import io.nightjar.report.ReportedMetric;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The columns of a category's row in tables: the scalars of {@code metrics.json}, in its order. */
public final class MetricColumns {
  private MetricColumns() {}

  /** The columns of a report: all, but for figures that are asked of no category of it. */
  public static List<Column> of(EvaluationReport report) {
    return Stream.of(
            Stream.of(
                new Column("category", String.class, CategoryResult::category),
                new Column("train_images", Integer.class, CategoryResult::trainImages),
                new Column("test_images", Integer.class, CategoryResult::testImages),
                new Column("quarantined", Integer.class, c -> c.quarantined().size()),
                new Column("components", Integer.class, CategoryResult::components),
                new Column("bank_rows", Long.class, CategoryResult::bankRows),
                new Column("pixels", Long.class, c -> c.metrics().pixel().pixels()),
                new Column("defective_pixels", Long.class, c -> c.metrics().pixel().positives())),
            ReportedMetric.in(report).stream().map(MetricColumns::metric),
            Stream.of(ReportedInterval.values()).flatMap(i -> Stream.of(lower(i), upper(i))),
            Stream.of(
                new Column("pixel_auprc_exact", Boolean.class, c -> c.metrics().exact()),
                new Column("resolution", String.class, CategoryResult::resolution),
                new Column("seconds", Double.class, CategoryResult::seconds)))
        .flatMap(columns -> columns)
        .toList();
  }

  /**
   * A column.
   *
   * @param name snake case
   * @param type of its values
   * @param value null where a metric does not exist
   */
  public record Column(String name, Class<?> type, Function<CategoryResult, Object> value) {
    public Object of(CategoryResult category) {
      return value.apply(category);
    }
  }

  private static Column metric(ReportedMetric metric) {
    return new Column(
        metric.key(),
        Double.class,
        c -> metric.of(c).isPresent() ? (Object) metric.of(c).get() : null);
  }

  private static Column lower(ReportedInterval interval) {
    return new Column(
        interval.key() + "_lower",
        Double.class,
        c -> interval.of(c).map(Interval::lower).orElse(null));
  }

  private static Column upper(ReportedInterval interval) {
    return new Column(
        interval.key() + "_upper",
        Double.class,
        c -> interval.of(c).map(Interval::upper).orElse(null));
  }
}
