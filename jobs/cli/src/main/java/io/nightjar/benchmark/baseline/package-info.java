/** Baselines: the ways in which a JVM does a step without Nightjar. Used for comparison only. */
package io.nightjar.benchmark.baseline;
