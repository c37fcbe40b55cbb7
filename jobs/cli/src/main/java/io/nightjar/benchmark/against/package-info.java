/**
 * Another build of Nightjar against this one: both evaluate the same data in turns, each run in a
 * process of its own.
 */
package io.nightjar.benchmark.against;
