package io.nightjar.job.memory;

/**
 * Where a bank is to be, as the memory of driver and executors allows.
 *
 * @param place of its rows
 * @param heapBytes that it takes of the driver's heap while it is built and used
 * @param nativeBytes that it takes of the native memory of each process with tasks
 * @param shardBytes most bytes of a shard's rows; 0 where it has no shards
 * @param waveBytes most bytes of the queries that are compared with the shards at once
 * @param reason why it is not whole, as the end of a sentence; or, where it can be nowhere, what to
 *     do, as a sentence; empty where it is whole
 */
public record BankPlacement(
    Place place, long heapBytes, long nativeBytes, long shardBytes, long waveBytes, String reason) {

  /** Where the rows are. */
  public enum Place {
    /** Every executor holds the whole bank. */
    WHOLE,
    /** The bank is in shards on the executors' disks. */
    SHARDS,
    /** The memory is too small for either. */
    NOWHERE
  }
}
