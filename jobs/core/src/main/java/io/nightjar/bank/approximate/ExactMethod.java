package io.nightjar.bank.approximate;

import io.nightjar.bank.exact.ExactSearch;
import io.nightjar.bank.search.MemoryBank;
import java.util.Map;

/** {@link ExactSearch}, which has no settings. */
public record ExactMethod() implements SearchMethod {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "exact";
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of();
  }

  @Override
  public boolean isExact() {
    return true;
  }

  @Override
  public SearchIndex fit(IndexFitting fitting, MemoryBank bank) {
    return ExactSearch::new;
  }
}
