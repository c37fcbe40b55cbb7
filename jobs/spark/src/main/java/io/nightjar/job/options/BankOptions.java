package io.nightjar.job.options;

import static io.nightjar.job.options.OptionRange.require;

import io.nightjar.bank.coreset.CoresetOptions;
import io.nightjar.error.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which rows a memory bank has. A stored bank keeps what it was built with.
 *
 * @param scope whose normal images make a bank
 * @param variance ratio of the variance that the principal components explain, in (0, 1]
 * @param coreset how much of the bank is kept
 */
public record BankOptions(BankScope scope, double variance, CoresetOptions coreset) {
  /** The method as published: a bank for each category, of all patches. */
  public static final BankOptions DEFAULT =
      new BankOptions(BankScope.CATEGORY, 0.95, CoresetOptions.FULL);

  /**
   * Checks the ranges.
   *
   * @param scope whose normal images make a bank
   * @param variance explained variance ratio, in (0, 1]
   * @param coreset how much of the bank is kept
   * @throws InvalidInputException naming the option that is out of range
   */
  public BankOptions {
    require(variance > 0 && variance <= 1, "variance", variance, "above 0 and at most 1");
  }

  /**
   * These options with another scope.
   *
   * @param value whose normal images make a bank
   * @return the changed options
   */
  public BankOptions withScope(BankScope value) {
    return new BankOptions(value, variance, coreset);
  }

  /**
   * These options with another explained variance ratio.
   *
   * @param value in (0, 1]
   * @return the changed options
   * @throws InvalidInputException if it is out of range
   */
  public BankOptions withVariance(double value) {
    return new BankOptions(scope, value, coreset);
  }

  /**
   * These options with another coreset.
   *
   * @param value how much of the bank is kept
   * @return the changed options
   */
  public BankOptions withCoreset(CoresetOptions value) {
    return new BankOptions(scope, variance, value);
  }

  /**
   * Every option by its name in {@code run.json}.
   *
   * @return values by name, in a fixed order
   */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("scope", scope.id());
    map.put("variance", variance);
    map.put("coreset", coreset.ratio());
    map.put("coreset_method", coreset.method().id());
    map.put("coreset_seed", coreset.seed());
    return map;
  }
}
