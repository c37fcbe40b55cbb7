/** Reports as text for a console. */
package io.nightjar.report.console;
