/**
 * Approximate search for very large banks: inverted file, locality-sensitive hashing and HNSW
 * graph, each with its settings and the index that is sent to the executors.
 *
 * @serial exclude
 */
package io.nightjar.bank.approximate;
