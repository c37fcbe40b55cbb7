/** Regions of anomalies: found on the executors, written as masks, annotations and a table. */
package io.nightjar.job.detection;
