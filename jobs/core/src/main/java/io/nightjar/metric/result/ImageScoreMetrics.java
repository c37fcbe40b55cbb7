package io.nightjar.metric.result;

/**
 * The metrics of the images by one kind of their scores.
 *
 * @param auroc area under the ROC curve of the scores
 * @param averagePrecision step-wise average precision of the scores
 */
public record ImageScoreMetrics(Estimate auroc, Estimate averagePrecision) {}
