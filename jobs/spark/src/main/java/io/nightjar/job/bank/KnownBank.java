package io.nightjar.job.bank;

import io.nightjar.bank.store.StoredBank;
import io.nightjar.io.artifact.ArtifactKey;
import io.nightjar.job.search.BankPlace;
import java.util.List;

/**
 * A bank that is kept and need not be opened while few images are searched.
 *
 * @param key in the store
 * @param place where it would be
 * @param notes what a reader of the results should know of it
 */
public record KnownBank(ArtifactKey key, StoredBank stored, BankPlace place, List<String> notes) {

  /** What distances to it are found by. */
  public String identity() {
    return stored.contents();
  }
}
