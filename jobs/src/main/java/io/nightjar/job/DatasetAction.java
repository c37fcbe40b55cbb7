package io.nightjar.job;

import java.util.concurrent.CancellationException;

/** A run over the categories of a data set. */
public sealed interface DatasetAction permits EvaluateDataset, MeasureMaps {

  /** Whom to tell how far the run has come. */
  DatasetAction progress(Progress listener);

  /**
   * Runs. A category that fails is reported in the result; the others go on.
   *
   * @throws io.nightjar.error.InvalidInputException for what the user can mend, before any heavy
   *     work
   * @throws CancellationException after {@link #cancel}; no results were written
   */
  RunResult execute();

  /** Ends a running {@link #execute} from another thread, soon and without results. */
  void cancel();
}
