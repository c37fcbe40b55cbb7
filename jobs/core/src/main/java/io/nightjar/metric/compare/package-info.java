/**
 * Comparison of the figures of two or more runs over the same test images: pairs of images, paired
 * bootstrap, verdicts that are corrected for several categories, and the ranking of several runs.
 */
package io.nightjar.metric.compare;
