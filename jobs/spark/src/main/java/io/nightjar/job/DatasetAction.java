package io.nightjar.job;

import io.nightjar.job.options.Progress;
import java.util.concurrent.CancellationException;

/**
 * A run over the categories of a data set.
 *
 * @param <R> what it gives
 */
public interface DatasetAction<R> {

  /** Whom to tell how far the run has come. */
  DatasetAction<R> progress(Progress listener);

  /**
   * Runs. A category that fails is reported in the result; the others go on.
   *
   * @throws io.nightjar.error.InvalidInputException for what the user can mend, before any heavy
   *     work
   * @throws CancellationException after {@link #cancel}; a category that was not finished left no
   *     results
   */
  R execute();

  /** Ends a running {@link #execute} from another thread, soon and without results. */
  void cancel();
}
