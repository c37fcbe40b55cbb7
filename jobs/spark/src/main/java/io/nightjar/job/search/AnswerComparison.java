package io.nightjar.job.search;

import io.nightjar.bank.search.Neighbours;
import java.io.Serializable;

/**
 * Approximate answers next to the exact ones to the same queries.
 *
 * @param queries compared
 * @param hits queries whose first neighbour is as near as the nearest row
 * @param measured queries whose exact mean distance is above zero
 * @param excess sum over these of (distance - exact distance) / exact distance
 */
record AnswerComparison(long queries, long hits, long measured, double excess)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  static final AnswerComparison NONE = new AnswerComparison(0, 0, 0, 0);

  static AnswerComparison of(Neighbours found, Neighbours exact) {
    int k = exact.k();
    int queries = exact.rows().length / k;
    int hits = 0;
    int measured = 0;
    double excess = 0;
    for (int query = 0; query < queries; query++) {
      if (found.squaredDistances()[query * k] == exact.squaredDistances()[query * k]) {
        hits++;
      }
      double distance = mean(found, query);
      double nearest = mean(exact, query);
      if (nearest > 0) {
        measured++;
        excess += (distance - nearest) / nearest;
      }
    }
    return new AnswerComparison(queries, hits, measured, excess);
  }

  private static double mean(Neighbours neighbours, int query) {
    double sum = 0;
    for (int i = query * neighbours.k(); i < (query + 1) * neighbours.k(); i++) {
      sum += Math.sqrt(neighbours.squaredDistances()[i]);
    }
    return sum / neighbours.k();
  }

  AnswerComparison plus(AnswerComparison other) {
    return new AnswerComparison(
        queries + other.queries,
        hits + other.hits,
        measured + other.measured,
        excess + other.excess);
  }

  double recall() {
    return (double) hits / queries;
  }

  /** 0 where every exact distance is zero. */
  double meanRelativeError() {
    return measured == 0 ? 0 : excess / measured;
  }
}
