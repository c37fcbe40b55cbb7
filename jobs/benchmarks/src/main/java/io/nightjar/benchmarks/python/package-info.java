/** Steps of an evaluation next to those of Python libraries, in processes of their own. */
package io.nightjar.benchmarks.python;
