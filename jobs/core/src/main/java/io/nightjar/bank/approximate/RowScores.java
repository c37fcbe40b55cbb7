package io.nightjar.bank.approximate;

import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.ScoreFunction;
import io.github.jbellis.jvector.graph.similarity.SearchScoreProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.nightjar.bank.search.MemoryBank;

/**
 * Similarity scores for JVector, computed from the bank itself, so that no second copy of it is
 * needed: 1 / (1 + squared distance), in float32. A node of the graph is a distinct row.
 */
final class RowScores implements BuildScoreProvider {
  private final MemoryBank bank;
  private final DistinctRows rows;

  RowScores(MemoryBank bank, DistinctRows rows) {
    this.bank = bank;
    this.rows = rows;
  }

  @Override
  public boolean isExact() {
    return true;
  }

  /** Used when rows are deleted, which never happens here. */
  @Override
  public VectorFloat<?> approximateCentroid() {
    throw new UnsupportedOperationException("Rows are never deleted from a graph");
  }

  @Override
  public SearchScoreProvider searchProviderFor(VectorFloat<?> vector) {
    float[] values = new float[vector.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = vector.get(i);
    }
    return new Of(bank, rows, values, 0);
  }

  @Override
  public SearchScoreProvider searchProviderFor(int node) {
    return new Of(bank, rows, RowSample.values(bank, rows.first(node)), 0);
  }

  @Override
  public SearchScoreProvider diversityProviderFor(int node) {
    return searchProviderFor(node);
  }

  /**
   * The scores of all rows for one vector.
   *
   * @param query its index among the vectors
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared or used as a key
  record Of(MemoryBank bank, DistinctRows rows, float[] vectors, int query)
      implements SearchScoreProvider, ScoreFunction.ExactScoreFunction {

    @Override
    public float similarityTo(int node) {
      return 1 / (1 + bank.roughSquaredDistance(vectors, query, rows.first(node)));
    }

    @Override
    public ScoreFunction scoreFunction() {
      return this;
    }

    @Override
    public ScoreFunction.ExactScoreFunction reranker() {
      return null;
    }

    @Override
    public ScoreFunction.ExactScoreFunction exactScoreFunction() {
      return this;
    }
  }
}
