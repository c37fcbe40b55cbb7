/** The benchmarks that developers run, whose figures the documentation of performance has. */
package io.nightjar.benchmarks;
