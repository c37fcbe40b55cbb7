package io.nightjar.report.comparison;

import io.nightjar.metric.compare.DifferenceTest;
import io.nightjar.report.Numbers;
import io.nightjar.text.Text;

/** Changes of figures in words. */
public final class Sentence {
  private Sentence() {}

  /**
   * How a figure changed, such as {@code pixel AUPRC of bottle fell from 0.7889 to 0.7612 (-0.0277,
   * interval -0.0391 to -0.0170)}.
   *
   * @param figure in both runs
   * @param where the category, or "the mean"
   * @return a clause without a full stop
   */
  public static String change(FigureComparison figure, String where) {
    double difference = figure.difference().orElse(0);
    String verb = difference < 0 ? "fell" : difference > 0 ? "rose" : "stayed";
    return Text.format(
        "%s of %s %s from %s to %s (%s%s)",
        figure.figure().labelInSentence(),
        where,
        verb,
        Numbers.metric(figure.baseline()),
        Numbers.metric(figure.candidate()),
        Numbers.difference(figure.difference()),
        figure.test().map(test -> ", interval " + interval(test)).orElse(""));
  }

  /**
   * An interval, such as {@code -0.0391 to -0.0170}.
   *
   * @param test with the interval's ends
   * @return four decimals and a sign each
   */
  public static String interval(DifferenceTest test) {
    return Text.format("%+.4f to %+.4f", test.lower(), test.upper());
  }
}
