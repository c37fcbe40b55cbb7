/** A sweep over configurations as files for people and programs: JSON, CSV and one HTML page. */
package io.nightjar.report.sweep.output;
