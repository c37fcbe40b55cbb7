/**
 * The next version of a stored bank: its number and place, and the writing and publishing of its
 * rows.
 */
package io.nightjar.job.bank.version;
