/**
 * What a run found as metrics for a monitoring system: families of values with labels, and the file
 * that holds them, in the OpenMetrics format or in Prometheus' text format.
 */
package io.nightjar.report.openmetrics;
