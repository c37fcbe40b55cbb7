package io.nightjar.job.evaluate;

import io.nightjar.dataset.ImageRef;
import io.nightjar.job.bank.KnownBank;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.options.SearchOptions;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The bank that a category was compared with, for work on its own images.
 *
 * @param passes over the category's images
 * @param normal those that the bank was built of, also the unreadable ones; none where it was
 *     stored before
 * @param search how it was searched
 * @param kept as the store has it, where every executor can hold it; it is built again where the
 *     store has lost it, so that asking takes time, and is possible once
 */
public record EvaluatedBank(
    CategoryPasses passes,
    List<ImageRef> normal,
    SearchOptions search,
    Supplier<Optional<KnownBank>> kept) {}
