/**
 * Benchmarks of memory banks: exact, approximate and sharded search, and a bank larger than a
 * machine.
 */
package io.nightjar.benchmarks.bank;
