package io.nightjar.job.bank;

import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.fit.FittedPasses;
import io.nightjar.job.run.CategoryFailedException;
import io.nightjar.job.run.Quarantine;
import java.util.List;

/** The normal images that one bank is made of. */
public interface BankImages {

  /** The bank's name. */
  String name();

  /** The files of theirs that are left out. */
  Quarantine quarantine();

  /**
   * Reads headers only.
   *
   * @throws CategoryFailedException if too many files are defective
   */
  void inspect(CategoryPasses passes);

  /**
   * Fits the components to the sound ones.
   *
   * @throws CategoryFailedException if there are none, or too many turn out defective
   */
  FittedPasses fit(CategoryPasses passes, boolean keepPatches);

  /**
   * Where they come from, for a stored bank's manifest.
   *
   * @param data what was named as their place
   */
  List<String> sources(String data);
}
