/** What several benchmarks need: real files, folders, clocks and JVMs of their own. */
package io.nightjar.benchmarks.support;
