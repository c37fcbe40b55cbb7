/**
 * The memory bank of normal patches: its rows, the exact search for the nearest of them, and both
 * as Spark ML stages.
 */
package io.nightjar.bank;
