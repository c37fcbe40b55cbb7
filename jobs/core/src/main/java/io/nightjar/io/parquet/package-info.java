/** Parquet files that are written in memory as a whole. */
package io.nightjar.io.parquet;
