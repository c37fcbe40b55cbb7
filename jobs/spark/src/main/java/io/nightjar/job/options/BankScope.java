package io.nightjar.job.options;

import java.util.Locale;

/** Whose normal images a memory bank consists of. */
public enum BankScope {
  /** Those of one category: each has a bank of its own. */
  CATEGORY,
  /** Those of all categories: one PCA and one bank, as the multi-class protocol has it. */
  UNIFIED;

  /** As the command line has it. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
