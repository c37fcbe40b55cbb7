package io.nightjar.job.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Wall-clock seconds of a category's stages, in the order in which they ran. */
public final class StageClock {
  private final Map<String, Double> seconds = new LinkedHashMap<>();

  public <T> T time(String stage, Supplier<T> work) {
    long before = System.nanoTime();
    try {
      return work.get();
    } finally {
      seconds.merge(stage, (System.nanoTime() - before) / 1e9, Double::sum);
    }
  }

  public double total() {
    return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  public Map<String, Double> seconds() {
    return new LinkedHashMap<>(seconds);
  }
}
