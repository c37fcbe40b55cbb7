package io.nightjar.job.bank;

import io.nightjar.job.search.BankPlace;
import java.util.List;

/**
 * A bank that need not be opened while nothing is searched.
 *
 * @param identity what distances to it are found by
 * @param place where it would be
 * @param notes what a reader of the results should know of it
 */
public record KnownBank(String identity, BankPlace place, List<String> notes) {}
