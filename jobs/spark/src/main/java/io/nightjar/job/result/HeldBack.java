package io.nightjar.job.result;

/**
 * A new image that the guard did not let into a bank.
 *
 * @param path what would name it there
 * @param novelty its score against the bank
 * @param picture where its picture lies, relative to the review list
 */
public record HeldBack(String path, double novelty, String picture) {}
