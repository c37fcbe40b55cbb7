/** What a watch remembers: the files of each batch, and what became of every file. */
package io.nightjar.job.watch.ledger;
