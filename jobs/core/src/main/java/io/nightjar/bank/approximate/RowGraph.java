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

/** Builds JVector's graph over a bank's rows, the same from the same bank. */
public final class RowGraph {
  /** JVector's own defaults: room for edges while it builds, and how it thins them out. */
  private static final float OVERFLOW = 1.2f;

  private static final float ALPHA = 1.2f;

  /**
   * JVector warns that its arithmetic on vectors is slow on Spark's Java; {@link RowScores} takes
   * its place. Kept in a field, since a collected logger would lose its level.
   */
  private static final Logger ARITHMETIC =
      Logger.getLogger("io.github.jbellis.jvector.vector.VectorizationProvider");

  private RowGraph() {}

  /** Builds the graph in the calling thread. */
  public static ImmutableGraphIndex build(MemoryBank bank, HnswMethod settings) {
    ARITHMETIC.setLevel(Level.SEVERE);
    ForkJoinPool single = new ForkJoinPool(1);
    try (GraphIndexBuilder builder = builder(bank, settings, single)) {
      for (int row = 0; row < bank.rows(); row++) {
        builder.addGraphNode(row, new RowScores.Of(bank, RowSample.values(bank, row), 0));
      }
      builder.cleanup();
      return builder.getGraph();
    } catch (IOException e) {
      throw new UncheckedIOException("The graph's builder cannot be closed", e);
    } finally {
      single.shutdown();
    }
  }

  /** JVector's newer constructor leaves it to process-wide settings whether there are layers. */
  @SuppressWarnings("deprecation")
  private static GraphIndexBuilder builder(
      MemoryBank bank, HnswMethod settings, ForkJoinPool single) {
    return new GraphIndexBuilder(
        new RowScores(bank),
        bank.dimension(),
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
