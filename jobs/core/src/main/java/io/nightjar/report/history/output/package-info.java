/** The history of runs as files: one HTML page, and the columns of its table with Parquet. */
package io.nightjar.report.history.output;
