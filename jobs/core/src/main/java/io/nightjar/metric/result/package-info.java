/**
 * The results: metrics of a category and of a type of defect, estimates with bounds or with the
 * reason why there is no value, and curves.
 */
package io.nightjar.metric.result;
