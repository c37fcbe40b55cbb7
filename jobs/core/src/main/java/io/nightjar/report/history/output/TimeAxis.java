package io.nightjar.report.history.output;

import io.nightjar.report.Numbers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The horizontal axis of a drawing.
 *
 * @param from its left end
 * @param to its right end, not before the left one
 */
record TimeAxis(Instant from, Instant to) {
  private static final int TICKS = 5;
  private static final int DATE = 10;
  private static final int MINUTE = 16;

  /** Where a time is, in pixels. */
  double x(Instant time) {
    double whole = Duration.between(from, to).toMillis();
    return whole == 0
        ? SeriesChart.LEFT + SeriesChart.WIDTH / 2.0
        : SeriesChart.LEFT + SeriesChart.WIDTH * Duration.between(from, time).toMillis() / whole;
  }

  String position(Instant time) {
    return Numbers.fixed(x(time), 1);
  }

  /** Dates, or times of day within two days, evenly spread. */
  List<SeriesChart.Tick> ticks() {
    Duration whole = Duration.between(from, to);
    boolean isShort = whole.compareTo(Duration.ofDays(2)) < 0;
    int count = whole.isZero() ? 0 : TICKS;
    List<SeriesChart.Tick> ticks = new ArrayList<>();
    for (int i = 0; i <= count; i++) {
      Instant time = count == 0 ? from : from.plus(whole.multipliedBy(i).dividedBy(count));
      String label = time.toString().substring(0, isShort ? MINUTE : DATE).replace('T', ' ');
      if (ticks.isEmpty() || !ticks.get(ticks.size() - 1).label().equals(label)) {
        ticks.add(new SeriesChart.Tick(position(time), label, i < TICKS ? "middle" : "end"));
      }
    }
    return ticks;
  }
}
