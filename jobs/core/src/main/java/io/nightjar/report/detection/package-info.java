/**
 * Regions of anomalies in the files that a run leaves: annotations in COCO's format, and a table.
 */
package io.nightjar.report.detection;
