package io.nightjar.job.memory;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/** The watches of a run's categories. */
public final class ResourceWatch {
  private final JavaSparkContext spark;
  private final Map<String, CategoryWatch> categories = new LinkedHashMap<>();

  /** No category has begun yet. */
  public ResourceWatch(JavaSparkContext spark) {
    this.spark = spark;
  }

  /** The watch of a category, one for the whole run. */
  public synchronized CategoryWatch of(String category) {
    return categories.computeIfAbsent(category, name -> new CategoryWatch(spark));
  }

  /** Requests that were repeated since the storage did not answer, for the run's manifest. */
  public synchronized Map<String, Object> describeRetries() {
    Map<String, Long> byCategory = new LinkedHashMap<>();
    categories.forEach((name, watch) -> byCategory.put(name, watch.retries()));
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("total", byCategory.values().stream().mapToLong(Long::longValue).sum());
    described.put("by_category", byCategory);
    return described;
  }

  /** The peak memory of each category, for the run's manifest. */
  public synchronized Map<String, Object> describePeaks() {
    Map<String, Object> described = new LinkedHashMap<>();
    categories.forEach((name, watch) -> described.put(name, watch.describe()));
    return described;
  }
}
