/**
 * Measures every step alone and the whole, beside what else a JVM offers for the same step, whose
 * results must agree.
 */
package io.nightjar.benchmark;
