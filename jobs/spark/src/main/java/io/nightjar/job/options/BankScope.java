package io.nightjar.job.options;

import java.util.Locale;

/** Whose normal images a memory bank consists of. */
public enum BankScope {
  /** Those of one category: each has a bank of its own. */
  CATEGORY,
  /** Those of all categories: one PCA and one bank, as the multi-class protocol has it. */
  UNIFIED;

  /**
   * The name on the command line and in {@code run.json}.
   *
   * @return {@code category} or {@code unified}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
