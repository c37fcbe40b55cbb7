/**
 * The ledger of inputs: what became of every entry that a command found in the folders it was
 * given. A data set's categories carry it from the listing to the reports.
 *
 * @serial exclude
 */
package io.nightjar.dataset.ledger;
