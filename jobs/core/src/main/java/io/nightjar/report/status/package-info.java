/**
 * What a command leaves of itself while it runs and when it has ended, for the one who started it.
 */
package io.nightjar.report.status;
