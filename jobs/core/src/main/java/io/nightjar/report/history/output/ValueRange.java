package io.nightjar.report.history.output;

import io.nightjar.report.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The vertical axis of a drawing.
 *
 * @param from its lower end
 * @param to its upper end
 */
record ValueRange(double from, double to) {
  /** A smaller range would make the last digits look like changes. */
  private static final double SMALLEST = 0.02;

  private static final double MARGIN = 0.04;
  private static final int TICKS = 4;

  /** A range that holds all of these, with some margin. */
  static ValueRange of(DoubleStream lower, DoubleStream upper) {
    double from = lower.min().orElse(0);
    double to = upper.max().orElse(1);
    double wider = Math.max(0, SMALLEST - (to - from)) / 2 + MARGIN * (to - from);
    return new ValueRange(from - wider, to + wider);
  }

  /** Where a value is, in pixels. */
  String y(double value) {
    return Numbers.fixed(SeriesChart.TOP + SeriesChart.HEIGHT * (to - value) / (to - from), 1);
  }

  /** Round values, with as many decimals as distinguish them. */
  List<SeriesChart.Tick> ticks() {
    double step = step((to - from) / TICKS);
    int decimals = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
    List<SeriesChart.Tick> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(from / step); i * step <= to; i++) {
      ticks.add(new SeriesChart.Tick(y(i * step), Numbers.fixed(i * step, decimals), "end"));
    }
    return ticks;
  }

  /** 1, 2 or 5 times a power of ten, at least as much as asked for. */
  private static double step(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    for (int factor : new int[] {1, 2, 5}) {
      if (factor * power >= least) {
        return factor * power;
      }
    }
    return 10 * power;
  }
}
