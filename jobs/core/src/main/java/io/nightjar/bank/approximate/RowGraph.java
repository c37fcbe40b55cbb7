package io.nightjar.bank.approximate;

import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.nightjar.bank.search.MemoryBank;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.logging.Level;
import java.util.logging.Logger;

/** JVector's graph over a bank's distinct rows, the same from the same bank. */
public final class RowGraph implements AutoCloseable {
  /** JVector's own defaults: room for edges while it builds, and how it thins them out. */
  private static final float OVERFLOW = 1.2f;

  private static final float ALPHA = 1.2f;

  /**
   * JVector warns that its arithmetic on vectors is slow on Spark's Java; {@link RowScores} takes
   * its place. Kept in a field, since a collected logger would lose its level.
   */
  private static final Logger ARITHMETIC =
      Logger.getLogger("io.github.jbellis.jvector.vector.VectorizationProvider");

  private final DistinctRows rows;
  private final ImmutableGraphIndex graph;

  private RowGraph(DistinctRows rows, ImmutableGraphIndex graph) {
    this.rows = rows;
    this.graph = graph;
  }

  /**
   * Builds the graph in the calling thread: the same bank and settings give the same graph.
   *
   * @param bank whose rows are the nodes, equal ones as one
   * @param settings degree and construction; {@code ef} is of no matter here
   * @return the graph, to be closed by the caller
   */
  public static RowGraph build(MemoryBank bank, HnswMethod settings) {
    ARITHMETIC.setLevel(Level.SEVERE);
    DistinctRows rows = DistinctRows.of(bank);
    RowScores scores = new RowScores(bank, rows);
    ForkJoinPool single = new ForkJoinPool(1);
    try (GraphIndexBuilder builder = builder(scores, bank.dimension(), settings, single)) {
      for (int node = 0; node < rows.count(); node++) {
        builder.addGraphNode(node, scores.searchProviderFor(node));
      }
      builder.cleanup();
      return new RowGraph(rows, builder.getGraph());
    } catch (IOException e) {
      throw new UncheckedIOException("The graph's builder cannot be closed", e);
    } finally {
      single.shutdown();
    }
  }

  /** The rows of each node. */
  DistinctRows rows() {
    return rows;
  }

  ImmutableGraphIndex graph() {
    return graph;
  }

  @Override
  public void close() {
    try {
      graph.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The graph cannot be closed", e);
    }
  }

  /** JVector's newer constructor leaves it to process-wide settings whether there are layers. */
  @SuppressWarnings("deprecation")
  private static GraphIndexBuilder builder(
      RowScores scores, int dimension, HnswMethod settings, ForkJoinPool single) {
    return new GraphIndexBuilder(
        scores,
        dimension,
        List.of(2 * settings.degree(), settings.degree()),
        settings.construction(),
        OVERFLOW,
        ALPHA,
        /* addHierarchy= */ true,
        /* refineFinalGraph= */ false,
        single,
        single);
  }
}
