/**
 * Figures of one category over many runs: where their level changed, and how often runs are made.
 */
package io.nightjar.metric.history;
