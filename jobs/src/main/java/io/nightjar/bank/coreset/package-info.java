/**
 * Coresets: a small part of a memory bank's rows that lies close to all of them, by farthest-first
 * traversal as in PatchCore (Roth et al., CVPR 2022, algorithm 1), or drawn at random to compare.
 */
package io.nightjar.bank.coreset;
