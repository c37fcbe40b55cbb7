/**
 * Where the bank of a category comes from: its own normal images, a bank shared by all categories,
 * or a stored one; and the building of stored banks.
 */
package io.nightjar.job.bank;
