/**
 * The results: metrics of a category, of a type of defect, of a group and of items, estimates with
 * bounds or with the reason why there is no value, and curves.
 *
 * @serial exclude
 */
package io.nightjar.metric.result;
