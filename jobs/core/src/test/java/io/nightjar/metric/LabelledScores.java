package io.nightjar.metric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;

/** Many scores with labels, and their exact metrics by sorting. */
@SuppressWarnings("ArrayRecordComponent") // only a carrier
public record LabelledScores(float[] scores, boolean[] positive) {

  /** Log-normal scores over several octaves; one in sixteen is positive and higher by half. */
  public static LabelledScores overlapping(long seed, int n) {
    Random random = new Random(seed);
    float[] scores = new float[n];
    boolean[] positive = new boolean[n];
    for (int i = 0; i < n; i++) {
      positive[i] = random.nextInt(16) == 0;
      scores[i] = (float) Math.exp(0.6 * random.nextGaussian() + (positive[i] ? 0.7 : 0));
    }
    return new LabelledScores(scores, positive);
  }

  public double averagePrecision() {
    return area(false);
  }

  public double trapezoid() {
    return area(true);
  }

  private double area(boolean trapezoid) {
    Integer[] order = descending();
    double all = 0;
    for (boolean label : positive) {
      all += label ? 1 : 0;
    }
    double area = 0;
    double precision = 1;
    double found = 0;
    for (int i = 0; i < order.length; ) {
      double before = found;
      float score = scores[order[i]];
      while (i < order.length && scores[order[i]] == score) {
        found += positive[order[i++]] ? 1 : 0;
      }
      double next = found / i;
      area += (found - before) / all * (trapezoid ? (precision + next) / 2 : next);
      precision = next;
    }
    return area;
  }

  public double auroc() {
    Integer[] order = descending();
    double positives = 0;
    double negatives = 0;
    double won = 0;
    for (int i = 0; i < order.length; ) {
      float score = scores[order[i]];
      double tied = 0;
      double tiedNegatives = 0;
      for (; i < order.length && scores[order[i]] == score; i++) {
        tied += positive[order[i]] ? 1 : 0;
        tiedNegatives += positive[order[i]] ? 0 : 1;
      }
      won += tiedNegatives * (positives + tied / 2);
      positives += tied;
      negatives += tiedNegatives;
    }
    return won / (positives * negatives);
  }

  private Integer[] descending() {
    Integer[] order = new Integer[scores.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> -scores[i]));
    return order;
  }
}
