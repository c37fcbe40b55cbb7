/**
 * Why patches have their scores: the nearest normal patch of each, what the distance consists of,
 * as a table and as a page with cut-outs of both.
 */
package io.nightjar.report.reason;
