package io.nightjar.job.watch.ledger;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;

/**
 * What became of a file in its batch.
 *
 * @param file as it was listed
 * @param outcome what became of it
 * @param reason a sentence; empty where it was scored
 * @param sha256 of the bytes that were read, in hexadecimal; empty where none were
 * @param values of its row; null where it has none
 */
public record FileEntry(
    ListedFile file,
    Outcome outcome,
    String reason,
    String sha256,
    @JsonSetter(nulls = Nulls.SET) RowValues values) {}
