package io.nightjar.job.evaluate;

import io.nightjar.bank.store.StoredBank;
import io.nightjar.dataset.ImageRef;
import io.nightjar.job.bank.KnownBank;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.options.SearchOptions;
import io.nightjar.job.run.StageClock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The bank that a category was compared with, for work on its own images. Of what the store has
 * lost the bank is built again, so that asking for it takes time, and is possible once.
 *
 * @param passes over the category's images
 * @param normal those that the bank was built of, also the unreadable ones; none where it was
 *     stored before
 * @param search how it was searched
 * @param kept as the store has it, where every executor can hold it
 * @param files of the bank, whatever its size
 * @param clock times the stages of the category, and what is done after them
 */
public record EvaluatedBank(
    CategoryPasses passes,
    List<ImageRef> normal,
    SearchOptions search,
    Supplier<Optional<KnownBank>> kept,
    Files files,
    StageClock clock) {

  /** The files of a bank, wherever it is stored. */
  public interface Files {

    /**
     * Does something with them.
     *
     * @return empty where the bank was not stored before and could not be kept
     */
    <T> Optional<T> with(Function<StoredBank, T> work);
  }
}
