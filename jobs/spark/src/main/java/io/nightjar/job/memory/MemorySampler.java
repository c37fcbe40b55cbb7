package io.nightjar.job.memory;

import java.util.HashSet;
import java.util.Set;

/**
 * Follows the memory of this process for as long as someone asks for its peak, in one thread of its
 * own: peaks between two samples are missed.
 */
final class MemorySampler {
  private static final long PERIOD_MILLIS = 100;
  private static final Set<Sampling> ACTIVE = new HashSet<>();
  private static Thread thread;

  private MemorySampler() {}

  /** The peak from its creation to its end. */
  static final class Sampling {
    private MemoryUse peak = MemoryUse.NONE;

    private Sampling() {}

    /** Ends it; the peak that was seen. */
    MemoryUse end() {
      MemoryUse last = MemoryUse.now();
      synchronized (ACTIVE) {
        ACTIVE.remove(this);
        peak = peak.max(last);
        return peak;
      }
    }
  }

  /** Begins a sampling, which must be ended. */
  static Sampling begin() {
    Sampling sampling = new Sampling();
    MemoryUse first = MemoryUse.now();
    synchronized (ACTIVE) {
      sampling.peak = first;
      ACTIVE.add(sampling);
      if (thread == null) {
        thread = new Thread(MemorySampler::sample, "nightjar memory");
        thread.setDaemon(true);
        thread.start();
      }
    }
    return sampling;
  }

  private static void sample() {
    while (true) {
      try {
        Thread.sleep(PERIOD_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      MemoryUse now = MemoryUse.now();
      synchronized (ACTIVE) {
        ACTIVE.forEach(sampling -> sampling.peak = sampling.peak.max(now));
        if (ACTIVE.isEmpty() || Thread.currentThread().isInterrupted()) {
          thread = null;
          return;
        }
      }
    }
  }
}
