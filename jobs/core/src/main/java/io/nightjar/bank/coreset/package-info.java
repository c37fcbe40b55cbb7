/**
 * Coresets: a small subset of a bank's rows that is close to all of them, by farthest-first
 * traversal as in PatchCore (Roth et al., CVPR 2022, algorithm 1), or random rows to compare with.
 * Runs within one task; {@code bank.selection} distributes it.
 *
 * @serial exclude
 */
package io.nightjar.bank.coreset;
