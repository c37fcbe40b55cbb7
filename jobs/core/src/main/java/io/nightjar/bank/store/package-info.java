/**
 * Memory banks on storage: a folder of immutable Parquet files of rows and a small manifest for
 * each version, published atomically and verified when read.
 */
package io.nightjar.bank.store;
