package io.nightjar.bank.approximate;

import io.nightjar.bank.search.MemoryBank;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Inverted lists ({@link InvertedFileSearch}) about the centres of MLlib's k-means on a sample of
 * the bank.
 *
 * @param lists number of lists, 2 to 65,536; 0 for the square root of the number of rows
 * @param probes lists that a query probes, at least 1 and at most {@code lists} where that is not 0
 * @param seed of the sample and of k-means
 */
public record IvfMethod(int lists, int probes, long seed) implements SearchMethod {
  private static final long serialVersionUID = 1L;

  /**
   * The defaults of the command line: the square root of the number of rows as lists, 4 probes,
   * seed 1.
   */
  public static final IvfMethod DEFAULT = new IvfMethod(0, 4, 1);

  /**
   * Checks the ranges.
   *
   * @param lists number of lists, 2 to 65,536; 0 for the square root of the number of rows
   * @param probes lists that a query probes, at least 1 and at most {@code lists} where that is not
   *     0
   * @param seed of the sample and of k-means
   * @throws io.nightjar.error.InvalidInputException naming the option that is out of range
   */
  public IvfMethod {
    SearchMethod.require(
        lists == 0 || (lists >= 2 && lists <= 65536), "lists", lists, "auto, or 2 to 65536");
    SearchMethod.require(probes >= 1, "probes", probes, "at least 1");
    SearchMethod.require(
        lists == 0 || probes <= lists, "probes", probes, "at most the number of lists, " + lists);
  }

  @Override
  public String name() {
    return "ivf";
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("lists", lists == 0 ? "auto" : lists);
    settings.put("probes", probes);
    settings.put("search_seed", seed);
    return settings;
  }

  @Override
  public boolean isExact() {
    return false;
  }

  @Override
  public SearchIndex fit(IndexFitting fitting, MemoryBank bank) {
    int wanted = lists == 0 ? Math.max(2, (int) Math.round(Math.sqrt(bank.rows()))) : lists;
    return new IvfIndex(fitting.centres(bank, wanted, seed), probes);
  }
}
