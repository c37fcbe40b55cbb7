package io.nightjar.bank.approximate;

import io.github.jbellis.jvector.graph.GraphSearcher;
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
  private final RowGraph graph;
  private final int ef;

  /**
   * Searches a graph over the bank with a candidate list of {@code ef} distinct rows.
   *
   * @param bank that is searched
   * @param graph over the rows of the same bank; closed with the search
   * @param ef distinct rows that a query keeps in sight, at least 1; where more neighbours are
   *     asked for, as many as these
   */
  public HnswSearch(MemoryBank bank, RowGraph graph, int ef) {
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
    int inSight = Math.min(graph.rows().count(), Math.max(ef, k));
    int exhaustive = 0;
    // Not shared by threads: a searcher keeps state.
    try (GraphSearcher searcher = new GraphSearcher(graph.graph())) {
      for (int query = 0; query < count; query++) {
        SearchArguments.requireFinite(queries, query, bank.dimension());
        SearchResult.NodeScore[] reached =
            searcher
                .search(
                    new RowScores.Of(bank, graph.rows(), queries, query),
                    inSight,
                    inSight,
                    0f,
                    0f,
                    Bits.ALL)
                .getNodes();
        nearest.clear();
        if (offer(reached, queries, query, nearest) < k) {
          nearest.clear();
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

  /** Offers the rows of the nodes, of equal ones the k lowest; the number offered. */
  private long offer(
      SearchResult.NodeScore[] nodes, float[] queries, int query, NearestRows nearest) {
    long offered = 0;
    for (SearchResult.NodeScore node : nodes) {
      int equal = Math.min(graph.rows().size(node.node), nearest.k());
      for (int i = 0; i < equal; i++) {
        nearest.offer(queries, query, graph.rows().row(node.node, i));
      }
      offered += equal;
    }
    return offered;
  }

  @Override
  public void close() {
    graph.close();
  }
}
