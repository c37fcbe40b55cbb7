/**
 * The steps that are measured, one class each: what is timed, and which baseline it is compared
 * with.
 */
package io.nightjar.benchmark.step;
