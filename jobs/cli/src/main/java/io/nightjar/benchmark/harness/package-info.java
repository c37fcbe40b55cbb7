/**
 * The measuring itself: rounds that alternate between candidate and baseline, timings, peak memory,
 * and checks that results agree. It knows no particular step.
 */
package io.nightjar.benchmark.harness;
