package io.nightjar.job.guard;

import io.nightjar.bank.BankSearches;
import io.nightjar.bank.search.MemoryBank;
import java.io.Serializable;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** A bank that every executor holds, with one search of it a process, as long as it is open. */
public record LeasedBank(Broadcast<MemoryBank> rows, long searchKey)
    implements Serializable, AutoCloseable {
  private static final long serialVersionUID = 1L;

  /** Sends a bank to the executors; {@link #close} frees it there. */
  public static LeasedBank of(MemoryBank bank, JavaSparkContext spark) {
    // A broadcast's own id starts again with every Spark context of a process.
    return new LeasedBank(spark.broadcast(bank), UUID.randomUUID().getMostSignificantBits());
  }

  /** The search of this process, for a task. */
  public BankSearches.Lease lease() {
    return BankSearches.acquire(searchKey, rows::value);
  }

  @Override
  public void close() {
    BankSearches.release(searchKey);
    rows.destroy();
  }
}
