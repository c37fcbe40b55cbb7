/**
 * Ensembles: the anomaly maps of several configurations, averaged after each is divided by what
 * normal images score with it.
 */
package io.nightjar.job.ensemble;
