/**
 * A comparison of runs as files for people and programs: JSON, Markdown, JUnit XML and one HTML
 * page with the anomaly maps that changed most.
 */
package io.nightjar.report.comparison.output;
