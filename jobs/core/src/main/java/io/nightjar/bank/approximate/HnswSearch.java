package io.nightjar.bank.approximate;

import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.util.Bits;
import io.nightjar.bank.search.Fallbacks;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.search.NearestRows;
import io.nightjar.bank.search.NearestSearch;
import io.nightjar.bank.search.Neighbours;
import io.nightjar.bank.search.SearchArguments;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Approximate search along a graph's edges towards the query. The candidates found are compared
 * once more in float64. Where the graph yields fewer candidates than neighbours requested, the
 * search falls back to the whole bank, which is counted ({@link Fallbacks}).
 */
public final class HnswSearch implements NearestSearch {
  private final MemoryBank bank;
  private final ImmutableGraphIndex graph;
  private final int ef;

  /** Searches a graph over the bank's rows with a candidate list of {@code ef} rows. */
  public HnswSearch(MemoryBank bank, ImmutableGraphIndex graph, int ef) {
    this.bank = bank;
    this.graph = graph;
    this.ef = ef;
  }

  @Override
  public MemoryBank bank() {
    return bank;
  }

  @Override
  public Neighbours nearest(float[] queries, int count, int k) {
    SearchArguments.require(bank, queries, count, k);
    Neighbours found = new Neighbours(k, new int[count * k], new double[count * k]);
    NearestRows nearest = new NearestRows(bank, k);
    int inSight = Math.min(bank.rows(), Math.max(ef, k));
    int exhaustive = 0;
    // Not shared by threads: a searcher keeps state.
    try (GraphSearcher searcher = new GraphSearcher(graph)) {
      for (int query = 0; query < count; query++) {
        SearchArguments.requireFinite(queries, query, bank.dimension());
        SearchResult.NodeScore[] reached =
            searcher
                .search(new RowScores.Of(bank, queries, query), inSight, inSight, 0f, 0f, Bits.ALL)
                .getNodes();
        nearest.clear();
        if (reached.length >= k) {
          for (SearchResult.NodeScore row : reached) {
            nearest.offer(queries, query, row.node);
          }
        } else {
          nearest.offerAll(queries, query);
          exhaustive++;
        }
        nearest.writeTo(found, query);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The graph's searcher cannot be closed", e);
    }
    return new Neighbours(k, found.rows(), found.squaredDistances(), new Fallbacks(0, exhaustive));
  }

  @Override
  public void close() {
    try {
      graph.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The graph cannot be closed", e);
    }
  }
}
