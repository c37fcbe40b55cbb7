/**
 * Finished scoring runs as input of drift detection: finding them and comparing each with its
 * reference.
 */
package io.nightjar.job.drift;
