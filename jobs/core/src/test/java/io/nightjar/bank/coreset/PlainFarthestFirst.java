package io.nightjar.bank.coreset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Farthest-first traversal by its definition: every row compared with every chosen one. */
public final class PlainFarthestFirst {
  private PlainFarthestFirst() {}

  /** The rows chosen; fewer than {@code k} where all others equal one of them. */
  public static List<Integer> select(float[] rows, int dimension, int k, int first) {
    int count = rows.length / dimension;
    double[] nearest = new double[count];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    List<Integer> chosen = new ArrayList<>();
    int next = first;
    while (chosen.size() < k && nearest[next] > 0) {
      chosen.add(next);
      for (int row = 0; row < count; row++) {
        nearest[row] = Math.min(nearest[row], squared(rows, dimension, row, next));
      }
      next = 0;
      for (int row = 1; row < count; row++) {
        if (nearest[row] > nearest[next]) {
          next = row;
        }
      }
    }
    return chosen;
  }

  /** The largest distance of a row from the nearest chosen one. */
  public static double radius(float[] rows, int dimension, int[] chosen) {
    double largest = 0;
    for (int row = 0; row < rows.length / dimension; row++) {
      double nearest = Double.POSITIVE_INFINITY;
      for (int centre : chosen) {
        nearest = Math.min(nearest, squared(rows, dimension, row, centre));
      }
      largest = Math.max(largest, nearest);
    }
    return Math.sqrt(largest);
  }

  private static double squared(float[] rows, int dimension, int a, int b) {
    double sum = 0;
    for (int i = 0; i < dimension; i++) {
      double difference = (double) rows[a * dimension + i] - rows[b * dimension + i];
      sum += difference * difference;
    }
    return sum;
  }
}
