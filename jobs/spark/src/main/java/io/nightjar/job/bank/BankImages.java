package io.nightjar.job.bank;

import io.nightjar.bank.store.BankManifest;
import io.nightjar.dataset.ledger.Ledger;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.fit.FitPlan;
import io.nightjar.job.fit.FittedPasses;
import io.nightjar.job.run.CategoryFailedException;
import io.nightjar.job.run.Quarantine;
import java.util.List;
import java.util.Optional;

/** The normal images that one bank consists of. */
public interface BankImages {

  /** The bank's name. */
  String name();

  /** The files of theirs that are left out. */
  Quarantine quarantine();

  /**
   * Reads headers only.
   *
   * @throws CategoryFailedException if too many files are unreadable
   */
  void inspect(CategoryPasses passes);

  /**
   * Fits the components to the readable ones.
   *
   * @throws CategoryFailedException if there are none, or too many turn out to be unreadable
   */
  FittedPasses fit(CategoryPasses passes, FitPlan plan);

  /** The number of those that were not left out so far. */
  int readable(CategoryPasses passes);

  /**
   * Where they come from, for a stored bank's manifest.
   *
   * @param data what was given as their place
   */
  List<BankManifest.Source> sources(BankManifest.Source data);

  /** What became of every entry that was found for the bank; empty where nothing was listed. */
  Optional<Ledger> inputs(CategoryPasses passes);
}
