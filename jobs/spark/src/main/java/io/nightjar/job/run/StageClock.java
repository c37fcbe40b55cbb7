package io.nightjar.job.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Wall-clock seconds of a category's stages, in the order in which they ran. */
public final class StageClock {
  private final Map<String, Double> seconds = new LinkedHashMap<>();

  /** Does some work and adds its wall time to a stage, also where it fails. */
  public <T> T time(String stage, Supplier<T> work) {
    long before = System.nanoTime();
    try {
      return work.get();
    } finally {
      seconds.merge(stage, (System.nanoTime() - before) / 1e9, Double::sum);
    }
  }

  /** The seconds of all stages together. */
  public double total() {
    return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** The seconds of each stage, in the order in which they first ended. */
  public Map<String, Double> seconds() {
    return new LinkedHashMap<>(seconds);
  }
}
