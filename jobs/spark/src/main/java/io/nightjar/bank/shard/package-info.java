/**
 * A bank that is larger than one machine: its rows stay on the executors' disks in shards, queries
 * are broadcast to them, and the nearest rows are merged.
 */
package io.nightjar.bank.shard;
