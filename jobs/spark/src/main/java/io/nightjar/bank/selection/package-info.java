/**
 * The selection of a coreset on the executors, in parts where a bank is too large for one task,
 * with a stated bound on its quality.
 */
package io.nightjar.bank.selection;
