/** The report of a benchmark, as a table for a console and as JSON. */
package io.nightjar.benchmark.report;
