/** Reports as tables, and all files of a report in their folder. */
package io.nightjar.report.table;
