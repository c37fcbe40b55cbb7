/** Tables as Parquet files, and files that Parquet writes into memory. */
package io.nightjar.io.parquet;
