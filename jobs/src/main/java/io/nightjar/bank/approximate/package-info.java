/**
 * Approximate search for banks that are too large to be searched exactly: inverted lists, locality-
 * sensitive hashing and a graph, each fitted on the cluster and opened once in each executor.
 */
package io.nightjar.bank.approximate;
