/**
 * The test images of a category as a statistical sample: what each was counted as, in a compact
 * file of a run's folder, and every figure of any resample of them.
 */
package io.nightjar.metric.sample;
