package io.nightjar.metric.result;

/**
 * Metrics of items, each of which several images show. An item's score is the largest of its
 * images', and it is defective if any of them is.
 *
 * @param items the number of items; an image without an item is one of its own
 * @param defective how many of them are defective
 * @param auroc of the items' scores
 * @param averagePrecision of the items' scores
 */
public record ItemMetrics(int items, int defective, Estimate auroc, Estimate averagePrecision) {}
