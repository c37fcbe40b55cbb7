/**
 * Counts of pixels by score in adaptive bins, their compact serialised form, and sums that
 * compensate rounding.
 */
package io.nightjar.metric.count;
