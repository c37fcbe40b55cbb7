/** Published results to compare a run with. */
package io.nightjar.report.published;
