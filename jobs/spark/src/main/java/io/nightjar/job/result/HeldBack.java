package io.nightjar.job.result;

/**
 * A new image that the guard did not let into a bank.
 *
 * @param path its name there, if it is accepted
 * @param novelty its score against the bank
 * @param visualization where its visualization is, relative to the review list
 */
public record HeldBack(String path, double novelty, String visualization) {}
