package io.nightjar.bank.approximate;

import io.nightjar.bank.search.MemoryBank;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A hierarchical navigable small world graph (Malkov and Yashunin, TPAMI 2020), built and searched
 * by JVector. Each executor builds its own, in one thread: with more, its edges would depend on the
 * order in which threads run.
 *
 * @param degree edges of a row above the lowest layer, 2 to 256; the lowest has twice as many
 * @param construction size of the candidate list while a row's edges are chosen (efConstruction),
 *     from {@code degree} to 65,536
 * @param ef size of the candidate list during a search, at least 1
 */
public record HnswMethod(int degree, int construction, int ef) implements SearchMethod {
  private static final long serialVersionUID = 1L;

  /** The defaults of the command line: degree 16, construction 100, ef 64. */
  public static final HnswMethod DEFAULT = new HnswMethod(16, 100, 64);

  /**
   * Checks the ranges.
   *
   * @param degree edges of a row above the lowest layer, 2 to 256; the lowest has twice as many
   * @param construction size of the candidate list while a row's edges are chosen (efConstruction),
   *     from {@code degree} to 65,536
   * @param ef size of the candidate list during a search, at least 1
   * @throws io.nightjar.error.InvalidInputException naming the option that is out of range
   */
  public HnswMethod {
    SearchMethod.require(degree >= 2 && degree <= 256, "hnsw-degree", degree, "2 to 256");
    SearchMethod.require(
        construction >= degree && construction <= 65536,
        "hnsw-construction",
        construction,
        "at least hnsw-degree (" + degree + ") and at most 65536");
    SearchMethod.require(ef >= 1, "ef", ef, "at least 1");
  }

  @Override
  public String name() {
    return "hnsw";
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("hnsw_degree", degree);
    settings.put("hnsw_construction", construction);
    settings.put("ef", ef);
    return settings;
  }

  @Override
  public boolean isExact() {
    return false;
  }

  @Override
  public SearchIndex fit(IndexFitting fitting, MemoryBank bank) {
    HnswMethod settings = this;
    return rows -> new HnswSearch(rows, RowGraph.build(rows, settings), settings.ef());
  }
}
