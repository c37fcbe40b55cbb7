package io.nightjar.job.search;

import io.nightjar.bank.coreset.CoresetOptions;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.memory.BankPlacement;
import io.nightjar.job.memory.MemoryPlan;
import io.nightjar.job.options.SearchOptions;
import io.nightjar.job.run.CategoryFailedException;
import io.nightjar.job.run.StageClock;
import io.nightjar.text.Text;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a bank where its size, or the memory there is, demands: whole on every executor, or in
 * shards. By itself it plans with the memory; a limit that was asked for is taken as it is.
 */
public record BankPlacing(CategoryPasses passes, SearchOptions search, StageClock clock) {
  private static final Logger LOG = LoggerFactory.getLogger(BankPlacing.class);

  /**
   * Fails a category whose bank can be nowhere, before its images are embedded.
   *
   * @param patches of its normal images
   */
  public void requireRoom(long patches, CoresetOptions coreset) {
    if (search.broadcastLimit().isEmpty()) {
      long rows = coreset.keepsAll() ? patches : coreset.size(Math.toIntExact(patches));
      memory()
          .refusal(rows, passes.spec().channels(), search.method().isExact() && coreset.keepsAll())
          .ifPresent(
              reason -> {
                throw failure(reason);
              });
    }
  }

  /** A bank of so many rows, whole or in shards. */
  public CategoryBank place(
      long rows,
      int dimension,
      Supplier<CategoryBank> whole,
      Function<ShardSizes, CategoryBank> shards) {
    note(rows, dimension);
    if (search.broadcastLimit().isPresent()) {
      if (fitsLimit(rows, dimension)) {
        return whole.get();
      }
      requireExact();
      return shards.apply(ShardSizes.ofLimit(search.broadcastLimit().getAsLong()));
    }
    BankPlacement placement = memory().place(rows, dimension, search.method().isExact());
    return switch (placement.place()) {
      case WHOLE -> taking(placement, whole);
      case SHARDS -> {
        LOG.info(
            "Bank of {}: it takes {}, {}, and is searched in shards",
            passes.stages().category(),
            Text.megabytes(BankPlace.bytes(rows, dimension)),
            placement.reason());
        yield taking(
            placement,
            () ->
                shards.apply(
                    new ShardSizes(
                        placement.shardBytes(), placement.waveBytes(), placement.reason())));
      }
      case NOWHERE -> throw failure(placement.reason());
    };
  }

  /** Whether every executor would hold a bank of so many rows whole. */
  public boolean isWhole(long rows, int dimension) {
    return search.broadcastLimit().isPresent()
        ? fitsLimit(rows, dimension)
        : memory().place(rows, dimension, search.method().isExact()).place()
            == BankPlacement.Place.WHOLE;
  }

  /** A coreset, which every executor holds whole. */
  public CategoryBank whole(long rows, int dimension, Supplier<CategoryBank> whole) {
    note(rows, dimension);
    if (search.broadcastLimit().isPresent()) {
      if (!fitsLimit(rows, dimension)) {
        throw failure(
            Text.format(
                    "The coreset of %d rows takes %s, more than --broadcast-limit; choose a smaller",
                    rows, Text.megabytes(BankPlace.bytes(rows, dimension)))
                + " --coreset or a larger limit.");
      }
      return whole.get();
    }
    BankPlacement placement = memory().place(rows, dimension, search.method().isExact());
    if (placement.place() == BankPlacement.Place.SHARDS) {
      throw failure(
          Text.format(
                  "The coreset of %d rows takes %s, %s, and a coreset is not searched in shards; choose a",
                  rows, Text.megabytes(BankPlace.bytes(rows, dimension)), placement.reason())
              + " smaller --coreset, or give the run more memory.");
    }
    if (placement.place() == BankPlacement.Place.NOWHERE) {
      throw failure(placement.reason());
    }
    return taking(placement, whole);
  }

  /** What runs out of memory from here on is reported with the size of the bank. */
  private void note(long rows, int dimension) {
    passes.run().watch().of(passes.stages().category()).holds(rows, dimension);
  }

  private boolean fitsLimit(long rows, int dimension) {
    return rows <= Integer.MAX_VALUE
        && BankPlace.bytes(rows, dimension) <= search.broadcastLimit().getAsLong();
  }

  private void requireExact() {
    if (!search.method().isExact()) {
      throw failure(
          "The bank takes more than --broadcast-limit, so that it is searched in shards, and"
              + Text.format(
                  " --search %s needs the whole bank on every executor; choose exact, or a larger limit.",
                  search.method().name()));
    }
  }

  /** Holds the memory until the bank is closed. */
  private CategoryBank taking(BankPlacement placement, Supplier<CategoryBank> bank) {
    MemoryPlan.Reservation memory = memory().tryTake(placement).orElseGet(() -> awaited(placement));
    try {
      return new ReservedBank(bank.get(), memory);
    } catch (Exception e) { // Spark throws checked exceptions unannounced
      memory.close();
      throw e;
    }
  }

  private MemoryPlan.Reservation awaited(BankPlacement placement) {
    passes.stages().begin("wait for memory that other categories hold");
    MemoryPlan.Reservation memory =
        clock.time("wait for memory", () -> memory().take(placement, passes.run()::isCancelled));
    passes.stages().begin("build the bank");
    return memory;
  }

  private MemoryPlan memory() {
    return passes.run().memory();
  }

  private CategoryFailedException failure(String reason) {
    return new CategoryFailedException(reason, passes.quarantine().files());
  }
}
