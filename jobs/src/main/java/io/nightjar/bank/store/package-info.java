/**
 * Memory banks on storage: a folder of immutable Parquet rows and one small manifest a version,
 * published at once, read with verification.
 */
package io.nightjar.bank.store;
