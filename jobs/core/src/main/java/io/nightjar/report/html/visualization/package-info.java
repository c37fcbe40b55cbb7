/** The visualizations on the page: what of them is within it, and which are shown first. */
package io.nightjar.report.html.visualization;
