package io.nightjar.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The metrics by their definitions: every threshold counts all scores again. */
public final class BruteForce {
  private final float[] scores;
  private final boolean[] positive;

  public BruteForce(float[] scores, boolean[] positive) {
    this.scores = scores;
    this.positive = positive;
  }

  public double averagePrecision() {
    double sum = 0;
    double recall = 0;
    for (float threshold : new TreeSet<>(boxed()).descendingSet()) {
      double truePositives = count(true, threshold);
      double nextRecall = truePositives / count(true, Float.NEGATIVE_INFINITY);
      sum += (nextRecall - recall) * truePositives / (truePositives + count(false, threshold));
      recall = nextRecall;
    }
    return sum;
  }

  public double trapezoid() {
    double area = 0;
    double recall = 0;
    double precision = 1;
    for (float threshold : new TreeSet<>(boxed()).descendingSet()) {
      double truePositives = count(true, threshold);
      double nextRecall = truePositives / count(true, Float.NEGATIVE_INFINITY);
      double nextPrecision = truePositives / (truePositives + count(false, threshold));
      area += (nextRecall - recall) * (precision + nextPrecision) / 2;
      recall = nextRecall;
      precision = nextPrecision;
    }
    return area;
  }

  public double auroc() {
    double won = 0;
    double pairs = 0;
    for (int i = 0; i < scores.length; i++) {
      for (int j = 0; j < scores.length; j++) {
        if (positive[i] && !positive[j]) {
          pairs++;
          won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
        }
      }
    }
    return won / pairs;
  }

  private List<Float> boxed() {
    List<Float> list = new ArrayList<>();
    for (float score : scores) {
      list.add(score == 0 ? 0f : score);
    }
    return list;
  }

  private double count(boolean label, float threshold) {
    double count = 0;
    for (int i = 0; i < scores.length; i++) {
      if (positive[i] == label && scores[i] >= threshold) {
        count++;
      }
    }
    return count;
  }
}
