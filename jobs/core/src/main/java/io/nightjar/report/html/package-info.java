/** The report as one HTML page: what it shows; templates in {@code src/main/jte} lay it out. */
package io.nightjar.report.html;
