/** Images with their anomaly maps, drawn as PNG files. */
package io.nightjar.report.visualization;
