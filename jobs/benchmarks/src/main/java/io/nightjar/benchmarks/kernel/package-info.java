/** Kernels timed by JMH: decoding, linear algebra, search and metrics. */
package io.nightjar.benchmarks.kernel;
