/**
 * Exact pixel metrics without bins: ranges of scores that are sorted in separate tasks, and the
 * combination of their parts.
 */
package io.nightjar.metric.exact;
