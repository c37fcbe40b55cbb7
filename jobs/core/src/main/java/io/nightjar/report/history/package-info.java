/**
 * All runs below a folder over time: finding them, reading what is new, remembering what was read,
 * and the series of every category with what changed in it.
 */
package io.nightjar.report.history;
