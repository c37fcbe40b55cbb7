package io.nightjar.job.search;

import io.nightjar.bank.shard.ShardedBank;

/**
 * How large the parts are in which a bank is searched; results do not depend on it.
 *
 * @param shardBytes most bytes of a shard's rows
 * @param waveBytes most bytes of the queries that are compared with the shards at once
 * @param reason why there are shards, as the end of a sentence on the bank's size
 */
public record ShardSizes(long shardBytes, long waveBytes, String reason) {

  /** Below a limit that was asked for; waves are as large as a shard may be. */
  public static ShardSizes ofLimit(long broadcastLimit) {
    return new ShardSizes(
        broadcastLimit,
        ShardedBank.MAX_SHARD_BYTES,
        "more than --broadcast-limit allows on one machine");
  }
}
