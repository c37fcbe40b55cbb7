/**
 * Decisions on unlabelled images by the scores of normal ones: conformal p-values, the selection of
 * images at a false discovery rate, and a threshold for pixels.
 */
package io.nightjar.metric.decision;
