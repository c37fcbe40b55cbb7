package io.nightjar.job.memory;

import io.nightjar.text.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Decides, before a bank is gathered, where it can be, and keeps account of the memory that the
 * categories have taken: one that does not fit next to the others waits for them.
 *
 * <p>A whole bank takes its rows twice on the heap of the driver, which gathers them and serialises
 * them for the executors, and of each executor, which receives them in that form; and once more in
 * native memory, where they are searched. Where tasks run in the driver's process, that is twice on
 * its heap and once in native memory. An approximate index is sent in addition and counted like
 * half of the rows.
 *
 * <p>In shards, each task has the rows of one shard on the heap and as many bytes again in native
 * memory, next to a wave of queries, which the driver holds in two forms.
 */
public final class MemoryPlan {
  private static final long MIB = 1L << 20;
  private static final long LARGEST_SHARD = 64 * MIB;
  private static final long SMALLEST_SHARD = 2 * MIB;
  private static final long SMALLEST_WAVE = 4 * MIB;
  private static final long POLL_MILLIS = 200;

  /** Serialised results are a little larger than their rows. */
  private static final double RESULT_SLACK = 1.05;

  private final ClusterMemory memory;
  private final int tasks;
  private long takenHeap;
  private long takenNative;
  private int holders;

  /** A plan in which nothing is taken yet. */
  public MemoryPlan(ClusterMemory memory) {
    this.memory = memory;
    this.tasks = memory.slots();
  }

  /** Memory that a category has taken; closing it gives it back. */
  public interface Reservation extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Where a bank of so many rows can be.
   *
   * @param dimension values of a row
   * @param isExact whether the search can do with shards
   */
  public BankPlacement place(long rows, int dimension, boolean isExact) {
    long bank = Math.multiplyExact(rows, (long) dimension * Float.BYTES);
    long building = 2 * bank + (isExact ? 0 : bank / 2);
    String reason = whyNotWhole(rows, bank, building, isExact);
    if (reason.isEmpty()) {
      return new BankPlacement(BankPlacement.Place.WHOLE, building, bank, 0, 0, "");
    }
    long shard = shardBytes();
    long wave = waveBytes();
    if (!isExact || shardHeap() < SMALLEST_SHARD || wave < SMALLEST_WAVE) {
      return new BankPlacement(
          BankPlacement.Place.NOWHERE,
          0,
          0,
          0,
          0,
          refusal(
              Text.format(
                  "The memory bank of %d rows of %d values takes %s",
                  rows, dimension, Text.megabytes(bank)),
              reason,
              building,
              isExact));
    }
    long inTasks = memory.isLocal() ? 2L * tasks * shard : 0;
    return new BankPlacement(
        BankPlacement.Place.SHARDS, 3 * wave + inTasks, 0, shard, wave, reason);
  }

  /**
   * Why a bank cannot be anywhere, before it is known how many values its rows keep; empty where
   * that is still open.
   *
   * @param rows of the bank
   * @param channels values that its rows have at most
   */
  public Optional<String> refusal(long rows, int channels, boolean isExact) {
    long most = Math.multiplyExact(rows, (long) channels * Float.BYTES);
    String reason = whyNotWhole(rows, most, 2 * most, isExact);
    if (reason.isEmpty() || (shardHeap() >= SMALLEST_SHARD && waveBytes() >= SMALLEST_WAVE)) {
      return Optional.empty();
    }
    return Optional.of(
        refusal(
            Text.format(
                "The memory bank of %d rows of up to %d values takes up to %s",
                rows, channels, Text.megabytes(most)),
            reason,
            2 * most,
            isExact));
  }

  private long shardHeap() {
    return heap() / (8L * tasks);
  }

  /** Native memory is known too roughly to give up for the lack of it. */
  private long shardBytes() {
    long ofNative = Math.max(SMALLEST_SHARD, memory.executorNative() / (2L * tasks));
    return Math.min(LARGEST_SHARD, Math.min(shardHeap(), ofNative));
  }

  private long waveBytes() {
    long wave = Math.min(LARGEST_SHARD, heap() / 8);
    return memory.maxResultBytes() > 0 ? Math.min(wave, memory.maxResultBytes() / 2) : wave;
  }

  /** The smaller heap: what the driver can hand out, the executors must be able to take. */
  private long heap() {
    return Math.min(memory.driverHeap(), memory.executorHeap());
  }

  private String whyNotWhole(long rows, long bank, long building, boolean isExact) {
    if (rows > Integer.MAX_VALUE) {
      return "and has more rows than one process can number";
    }
    if (building > memory.driverHeap()) {
      return Text.format(
          "and %s while it is built, more than the %s that the driver's heap of %s leaves for it",
          Text.megabytes(building),
          Text.megabytes(memory.driverHeap()),
          Text.megabytes(memory.driver().heapBytes()));
    }
    if (building > memory.executorHeap()) {
      return Text.format(
          "and %s while it is received, more than the %s that an executor's heap of %s leaves for it",
          Text.megabytes(building),
          Text.megabytes(memory.executorHeap()),
          Text.megabytes(memory.smallest().heapBytes()));
    }
    if (isExact && bank > memory.executorNative()) {
      return Text.format(
          "of native memory where it is searched, more than the %s that a process with tasks has left"
              + " outside its heap",
          Text.megabytes(memory.executorNative()));
    }
    if (memory.maxResultBytes() > 0 && bank * RESULT_SLACK > memory.maxResultBytes()) {
      return Text.format(
          "more than the driver accepts (spark.driver.maxResultSize is %s)",
          Text.megabytes(memory.maxResultBytes()));
    }
    return "";
  }

  private String refusal(String bank, String reason, long building, boolean isExact) {
    int ofDriver = memory.isLocal() ? tasks : 0;
    long heap =
        isExact
            ? memory.heapFor(8 * Math.max(SMALLEST_WAVE, tasks * SMALLEST_SHARD), tasks)
            : memory.heapFor(building, ofDriver);
    return Text.format(
        "%s, %s. %s Give the run a heap of at least %s (-Xmx in NIGHTJAR_JAVA_OPTS on one machine;"
            + " spark.driver.memory and spark.executor.memory on a cluster), or make the bank smaller"
            + " (--coreset, --variance).",
        bank,
        reason,
        isExact
            ? "Too little is left even for shards of it."
            : "An approximate search needs it whole; choose --search exact, which does with shards.",
        Text.megabytes(heap));
  }

  /** Takes the memory of a placement, if the other categories leave so much. */
  public Optional<Reservation> tryTake(BankPlacement placement) {
    return enter(placement) ? Optional.of(new Taken(placement)) : Optional.empty();
  }

  /**
   * Takes the memory of a placement once the categories that hold too much of it have ended; one
   * that holds none gets what it needs.
   *
   * @param cancelled whether to give up; asked now and then
   * @throws CancellationException once cancelled
   */
  public Reservation take(BankPlacement placement, BooleanSupplier cancelled) {
    Optional<Reservation> taken = tryTake(placement);
    while (taken.isEmpty()) {
      if (cancelled.getAsBoolean()) {
        throw new CancellationException("The run was cancelled.");
      }
      pause();
      taken = tryTake(placement);
    }
    return taken.get();
  }

  private synchronized boolean enter(BankPlacement placement) {
    boolean fits =
        takenHeap + placement.heapBytes() <= heap()
            && takenNative + placement.nativeBytes() <= memory.executorNative();
    if (holders > 0 && !fits) {
      return false;
    }
    takenHeap += placement.heapBytes();
    takenNative += placement.nativeBytes();
    holders++;
    return true;
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("The run was cancelled.");
    }
  }

  private final class Taken implements Reservation {
    private final BankPlacement placement;
    private boolean closed;

    Taken(BankPlacement placement) {
      this.placement = placement;
    }

    @Override
    public void close() {
      synchronized (MemoryPlan.this) {
        if (!closed) {
          closed = true;
          takenHeap -= placement.heapBytes();
          takenNative -= placement.nativeBytes();
          holders--;
        }
      }
    }
  }

  /** What there is, for the run's manifest. */
  public Map<String, Object> describe() {
    return new LinkedHashMap<>(memory.describe());
  }
}
