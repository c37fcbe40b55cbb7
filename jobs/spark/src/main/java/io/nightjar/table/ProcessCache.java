package io.nightjar.table;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Values of this process, of which only those used last are kept. One caller computes a value and
 * others wait for it; a computation that fails is begun again by the next caller.
 *
 * @param <K> what identifies a value
 * @param <V> the values, which need not be closed
 */
final class ProcessCache<K, V> {
  private final int capacity;
  private final Map<K, Entry<V>> entries = new LinkedHashMap<>(16, 0.75f, true);

  private static final class Entry<V> {
    private V value;
  }

  ProcessCache(int capacity) {
    this.capacity = capacity;
  }

  V get(K key, Supplier<V> compute) {
    Entry<V> entry;
    synchronized (this) {
      entry = entries.computeIfAbsent(key, absent -> new Entry<>());
      Iterator<K> leastRecentFirst = entries.keySet().iterator();
      while (entries.size() > capacity) {
        leastRecentFirst.next();
        leastRecentFirst.remove();
      }
    }
    // Outside the lock: different values are computed concurrently.
    synchronized (entry) {
      if (entry.value == null) {
        entry.value = compute.get();
      }
      return entry.value;
    }
  }

  synchronized int size() {
    return entries.size();
  }
}
