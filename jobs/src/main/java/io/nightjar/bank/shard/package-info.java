/**
 * A bank that is larger than one machine: its rows stay on the executors, shard by shard; queries
 * come to them, and every query's nearest rows are merged.
 */
package io.nightjar.bank.shard;
