package io.nightjar.bank.index;

import io.nightjar.bank.approximate.HnswMethod;
import io.nightjar.bank.approximate.HnswSearch;
import io.nightjar.bank.approximate.IvfIndex;
import io.nightjar.bank.approximate.IvfMethod;
import io.nightjar.bank.approximate.RowGraph;
import io.nightjar.bank.approximate.SearchIndex;
import io.nightjar.bank.approximate.SearchMethod;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.search.NearestSearch;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/** Opens searches that differ in how much they look at, over one index that is made once. */
public final class SharedIndex {
  private SharedIndex() {}

  /** What opens such searches; the index is fitted, and a graph also built, before it returns. */
  public static Function<SearchMethod, NearestSearch> of(
      SearchMethod method, SparkSession spark, MemoryBank bank) {
    if (method instanceof HnswMethod hnsw) {
      RowGraph graph = RowGraph.build(bank, hnsw);
      return each -> new HnswSearch(bank, graph, ((HnswMethod) each).ef());
    }
    SearchIndex index = method.fit(new MllibFitting(spark), bank);
    if (index instanceof IvfIndex ivf) {
      return each -> new IvfIndex(ivf.centres(), ((IvfMethod) each).probes()).open(bank);
    }
    return each -> index.open(bank);
  }
}
