package io.nightjar.fuzz;

import com.sun.management.ThreadMXBean;
import io.nightjar.text.Text;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives a decoder one mutant after the other. Each must be read, or be refused by one of the
 * decoder's own exceptions with a sentence, within a time and an amount of memory.
 *
 * @param name of the format
 * @param refusals exceptions whose messages people read
 */
record FuzzRun(
    String name, Mutator mutator, Decoder decoder, Set<Class<? extends Exception>> refusals) {
  /** A machine with other work takes this much longer than the milliseconds of most mutants. */
  static final Duration LONGEST = Duration.ofMinutes(1);

  /**
   * Bytes that a mutant may make the decoder allocate in all, one after the other: pixels and
   * samples of {@code ImageDecoder.MAX_PIXELS}, which a few bytes may claim in some formats.
   */
  static final long MOST_BYTES = 1L << 30;

  private static final int FAULTS_SHOWN = 5;
  private static final int CALLS_SHOWN = 8;

  /** Reads a file. */
  @FunctionalInterface
  interface Decoder {
    void decode(byte[] file) throws Exception;
  }

  /**
   * What became of the mutants.
   *
   * @param read how many were read as if nothing were wrong
   * @param refused how many were refused in a sentence
   * @param faults what is wrong with the decoder, by the mutant's number
   */
  record Outcome(int read, int refused, List<String> faults) {}

  /** Runs the mutants of the seeds from {@code first} on. */
  Outcome run(long first, int count) throws InterruptedException {
    return run(first, count, LONGEST, MOST_BYTES);
  }

  Outcome run(long first, int count, Duration longest, long mostBytes) throws InterruptedException {
    AtomicLong begun = new AtomicLong(System.nanoTime());
    AtomicLong current = new AtomicLong(first);
    Counts counts = new Counts();
    Thread worker =
        new Thread(
            () -> {
              for (long seed = first; seed < first + count; seed++) {
                current.set(seed);
                begun.set(System.nanoTime());
                one(seed, mostBytes, counts);
              }
            },
            "fuzz " + name);
    worker.setDaemon(true); // one that hangs must not keep the process
    worker.start();
    while (worker.isAlive()) {
      worker.join(100);
      if (worker.isAlive() && System.nanoTime() - begun.get() > longest.toNanos()) {
        List<String> faults = new ArrayList<>(counts.faults());
        faults.add(
            Text.format(
                "mutant %d of %s takes longer than %d s, at %s",
                current.get(), name, longest.toSeconds(), List.of(worker.getStackTrace())));
        return new Outcome(counts.read.get(), counts.refused.get(), faults);
      }
    }
    return new Outcome(counts.read.get(), counts.refused.get(), counts.faults());
  }

  private void one(long seed, long mostBytes, Counts counts) {
    byte[] mutant = mutator.mutant(seed);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    try {
      decoder.decode(mutant);
      counts.read.incrementAndGet();
    } catch (Exception | Error e) { // whatever comes is the finding
      if (refusals.contains(e.getClass()) && isSentence(e.getMessage())) {
        counts.refused.incrementAndGet();
      } else {
        counts.add(Text.format("mutant %d of %s gives %s", seed, name, described(e)));
      }
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    if (allocated > mostBytes) {
      counts.add(
          Text.format(
              "mutant %d of %s, of %d bytes, takes %d bytes of memory",
              seed, name, mutant.length, allocated));
    }
  }

  private static boolean isSentence(String message) {
    return message != null
        && message.contains(" ")
        && message.length() < 4000
        && message.chars().noneMatch(c -> c != '\n' && Character.isISOControl(c));
  }

  private static String described(Throwable e) {
    StringBuilder text = new StringBuilder(String.valueOf(e));
    StackTraceElement[] trace = e.getStackTrace();
    for (int i = 0; i < Math.min(CALLS_SHOWN, trace.length); i++) {
      text.append("\n    at ").append(trace[i]);
    }
    return text.toString();
  }

  private static final class Counts {
    private final AtomicInteger read = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final List<String> faults = new ArrayList<>();

    synchronized void add(String fault) {
      if (faults.size() < FAULTS_SHOWN) {
        faults.add(fault);
      }
    }

    synchronized List<String> faults() {
      return List.copyOf(faults);
    }
  }
}
