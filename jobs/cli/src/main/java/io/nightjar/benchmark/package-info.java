/**
 * The command {@code benchmark}: measures each step of an evaluation alone, and the whole, and
 * writes {@code benchmark.json}.
 */
package io.nightjar.benchmark;
