/**
 * Metrics of pixels and of images over all thresholds: precision and recall, ROC, F1, and their
 * exact bounds from binned counts.
 */
package io.nightjar.metric.threshold;
