/** Regions of anomaly maps that lie above a threshold: where on an image something is anomalous. */
package io.nightjar.metric.detection;
