package io.nightjar.job.evaluate;

import io.nightjar.job.output.CategoryOutcome;

/** Takes the outcomes of categories, each while its evaluation still has what its bank is of. */
@FunctionalInterface
public interface OutcomeListener {

  /** Takes nothing. */
  OutcomeListener NONE = (outcome, bank) -> {};

  /**
   * A category has been measured. Called from several threads, one for each category, which fails
   * where this does.
   */
  void ended(CategoryOutcome outcome, EvaluatedBank bank);
}
