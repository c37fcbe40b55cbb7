/**
 * The files of a run: tables, Parquet, maps and visualizations, written from the executors and the
 * driver.
 */
package io.nightjar.job.output;
