/**
 * Functions from tables of images to tables of scores with a stored bank: {@link
 * io.nightjar.table.BankScorer}. They need a session and nothing else of Spark's driver, neither a
 * {@code SparkContext} nor broadcasts, so they also run under Spark Connect. Part of the API.
 */
package io.nightjar.table;
