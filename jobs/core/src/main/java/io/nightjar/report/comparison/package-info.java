/**
 * Comparison of finished runs: which runs and images go together, what may not be compared, the
 * verdict on every figure, what differs between the runs, and the gate that a scheduler asks.
 */
package io.nightjar.report.comparison;
