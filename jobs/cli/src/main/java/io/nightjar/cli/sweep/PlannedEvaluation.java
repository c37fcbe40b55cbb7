package io.nightjar.cli.sweep;

import io.nightjar.job.EvaluateDataset;
import io.nightjar.report.sweep.SweptConfiguration;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/**
 * An evaluation of a sweep that has not begun.
 *
 * @param configuration which
 * @param out folder of its results
 * @param action makes it, once Spark has started
 */
public record PlannedEvaluation(
    SweptConfiguration configuration, String out, Function<SparkSession, EvaluateDataset> action) {}
