/**
 * What a run tells: the console table, JSON, CSV and Parquet files, pictures and the HTML page, all
 * from the same {@link io.nightjar.report.EvaluationReport}.
 */
package io.nightjar.report;
