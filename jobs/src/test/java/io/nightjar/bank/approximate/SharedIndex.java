package io.nightjar.bank.approximate;

import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.nightjar.bank.MemoryBank;
import io.nightjar.bank.NearestSearch;
import io.nightjar.bank.index.MllibFitting;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/** Opens searches that differ in how much they look at, over one index that is made once. */
public final class SharedIndex {
  private SharedIndex() {}

  /** What opens such searches; the index is fitted, and a graph also built, before it returns. */
  public static Function<SearchMethod, NearestSearch> of(
      SearchMethod method, SparkSession spark, MemoryBank bank) {
    if (method instanceof HnswMethod hnsw) {
      ImmutableGraphIndex graph = RowGraph.build(bank, hnsw);
      return each -> new HnswSearch(bank, graph, ((HnswMethod) each).ef());
    }
    SearchIndex index = method.fit(new MllibFitting(spark), bank);
    if (index instanceof IvfIndex ivf) {
      return each -> new IvfIndex(ivf.centres(), ((IvfMethod) each).probes()).open(bank);
    }
    return each -> index.open(bank);
  }
}
