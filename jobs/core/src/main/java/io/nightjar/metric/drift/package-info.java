/**
 * Comparison of the score distributions of two runs without labels: population stability index and
 * Kolmogorov-Smirnov test.
 */
package io.nightjar.metric.drift;
