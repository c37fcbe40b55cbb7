/**
 * What the page of a run shows next to its figures: single parts, visualizations, and how it
 * compares with a baseline.
 */
package io.nightjar.report.page;
