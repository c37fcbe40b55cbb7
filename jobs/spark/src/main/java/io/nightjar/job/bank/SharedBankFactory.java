package io.nightjar.job.bank;

import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.options.SearchOptions;
import io.nightjar.job.run.CategoryWork;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.run.StageClock;
import io.nightjar.job.search.CategoryBank;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Builds the one bank that all categories are compared with, before any of them begins. Closing it
 * frees the bank.
 */
public final class SharedBankFactory implements CategoryWork<SharedBank>, AutoCloseable {
  private final SharedSource source;
  private final BankFactory factory;
  private Optional<SharedBank> built = Optional.empty();

  /** Creates the factory of a source's bank; nothing runs before {@link #run}. */
  public SharedBankFactory(RunContext run, SearchOptions search, SharedSource source) {
    this.source = source;
    this.factory =
        new BankFactory(
            new CategoryPasses(run, UnifiedImages.NAME, source.ofAll()),
            search,
            new StageClock(),
            new ArrayList<>());
  }

  @Override
  public String category() {
    return UnifiedImages.NAME;
  }

  @Override
  public int images() {
    return 0;
  }

  @Override
  public SharedBank run() {
    CategoryBank bank = source.bank(factory);
    SharedBank shared =
        new SharedBank(
            bank,
            source.storedIdentity().isPresent(),
            source.images(factory.passes()),
            source.categories(),
            source.whiteLevel().orElseGet(factory.passes()::whiteLevel),
            source.spec().orElseGet(factory.passes()::spec),
            List.copyOf(factory.notes()),
            factory.clock().seconds());
    built = Optional.of(shared);
    return shared;
  }

  @Override
  public String summary(SharedBank shared) {
    return shared.summary();
  }

  /** Also after a cancelled run, whose outcome no one gets. */
  @Override
  public void close() {
    built.ifPresent(shared -> shared.bank().close());
  }
}
