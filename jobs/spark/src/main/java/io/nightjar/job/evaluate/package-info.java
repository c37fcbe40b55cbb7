/**
 * The evaluation, the scoring and the measurement of one category, and their concurrent runs over a
 * data set.
 */
package io.nightjar.job.evaluate;
