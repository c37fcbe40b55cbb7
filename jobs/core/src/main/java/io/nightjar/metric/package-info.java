/**
 * The metrics of a category in two passes over its test images: counts that can be gathered
 * anywhere and merged in any order, and the metrics computed from them, with bounds where scores
 * share a bin.
 */
package io.nightjar.metric;
