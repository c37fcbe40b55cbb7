package io.nightjar.report.comparison.output;

import io.nightjar.metric.compare.RankComparison;
import io.nightjar.report.Numbers;
import io.nightjar.report.comparison.Ranking;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A critical-difference diagram (Demšar 2006, figure 1): runs at their mean ranks on an axis, and a
 * bar over each group of runs that do not differ.
 *
 * @param caption what is ranked, and how sure the order is
 * @param height of the drawing, in pixels; it is 640 wide
 * @param ticks of the axis
 * @param critical the length of the critical difference, from the left end of the axis
 * @param marks the runs
 * @param bars the groups
 */
public record RankDiagram(
    String caption,
    int height,
    List<Tick> ticks,
    String critical,
    List<Mark> marks,
    List<Group> bars) {
  private static final int LEFT = 30;
  private static final int WIDTH = 580;
  private static final int AXIS = 54;
  private static final int GROUP = 9;
  private static final int LINE = 20;

  /** A rank on the axis. */
  public record Tick(String x, String label) {}

  /** A run: a line from the axis down to its name. */
  public record Mark(String x, int y, String name, String rank) {}

  /** A bar from one run to another. */
  public record Group(String from, String to, int y) {}

  static RankDiagram of(Ranking ranking) {
    RankComparison ranks = ranking.ranks();
    List<Double> means = ranks.meanRanks();
    int runs = means.size();
    List<Tick> ticks =
        IntStream.rangeClosed(1, runs)
            .mapToObj(rank -> new Tick(x(rank, runs), String.valueOf(rank)))
            .toList();
    List<Group> bars = new ArrayList<>();
    for (List<Integer> group : ranks.groups()) {
      bars.add(
          new Group(
              x(means.get(group.get(0)), runs),
              x(means.get(group.get(group.size() - 1)), runs),
              AXIS + GROUP * (bars.size() + 1)));
    }
    int top = AXIS + GROUP * (bars.size() + 1) + LINE;
    List<Mark> marks = new ArrayList<>();
    IntStream.range(0, runs)
        .boxed()
        .sorted(Comparator.comparingDouble(means::get))
        .forEach(
            run ->
                marks.add(
                    new Mark(
                        x(means.get(run), runs),
                        top + LINE * marks.size(),
                        ranking.runs().get(run),
                        Numbers.fixed(means.get(run), 2))));
    return new RankDiagram(
        Text.format(
            "Mean ranks by %s over %d categories, 1 for the best. Friedman's test: p = %.3g"
                + " (Iman and Davenport: %.3g). Runs whose ranks are closer than the critical"
                + " difference of %.2f (Nemenyi) are joined by a bar.",
            ranking.figure().labelInSentence(),
            ranking.categories().size(),
            ranks.pChiSquared(),
            ranks.pF(),
            ranks.criticalDifference()),
        top + LINE * runs,
        ticks,
        x(1 + Math.min(ranks.criticalDifference(), runs - 1.0), runs),
        marks,
        bars);
  }

  private static String x(double rank, int runs) {
    return Numbers.fixed(LEFT + WIDTH * (rank - 1) / (runs - 1), 1);
  }
}
