package io.nightjar.bank;

import io.nightjar.bank.exact.ExactSearch;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.search.NearestSearch;
import io.nightjar.text.Text;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The searches of this process, one for each bank: the first caller builds it, later callers share
 * it. Idle searches are kept for the next task, but only the {@value #MAX_IDLE} used last; {@link
 * #release} closes one at once when its category is done.
 */
public final class BankSearches {
  /** Idle searches that may keep their native memory. */
  static final int MAX_IDLE = 2;

  // In the order of their last use.
  private static final Map<Long, Shared> SEARCHES = new LinkedHashMap<>(16, 0.75f, true);

  private BankSearches() {}

  /**
   * Borrows the exact search of a bank. If it has to be built, that is done in the background,
   * while tasks prepare their queries.
   *
   * @param id identifies the bank in this application, such as the broadcast's id
   * @param bank supplies the bank where its search must be built
   * @return a lease, to be closed by the caller
   */
  public static Lease acquire(long id, Supplier<MemoryBank> bank) {
    return acquire(id, bank, ExactSearch::new);
  }

  /**
   * The same for any search.
   *
   * @param id identifies the bank in this application
   * @param bank supplies the bank where its search must be built
   * @param opening opens the search of the bank, in the background; the same for all callers with
   *     this id
   * @return a lease, to be closed by the caller
   */
  public static Lease acquire(
      long id, Supplier<MemoryBank> bank, Function<MemoryBank, NearestSearch> opening) {
    Shared shared;
    synchronized (SEARCHES) {
      shared = SEARCHES.computeIfAbsent(id, unknown -> new Shared());
      shared.users++;
    }
    try {
      // Outside the lock: searches of different banks are built concurrently.
      shared.begin(bank, opening);
      return new Lease(shared);
    } catch (RuntimeException | Error e) {
      giveBack(shared);
      throw e;
    }
  }

  /**
   * Closes the search of a bank as soon as it is idle; does nothing where there is none.
   *
   * @param id identifies the bank in this application
   */
  public static void release(long id) {
    synchronized (SEARCHES) {
      Shared shared = SEARCHES.remove(id);
      if (shared != null) {
        shared.released = true;
        shared.closeIfDone();
      }
    }
  }

  private static void giveBack(Shared shared) {
    synchronized (SEARCHES) {
      shared.users--;
      shared.closeIfDone();
      closeIdle();
    }
  }

  private static void closeIdle() {
    long idle = SEARCHES.values().stream().filter(shared -> shared.users == 0).count();
    Iterator<Shared> oldestFirst = SEARCHES.values().iterator();
    while (idle > MAX_IDLE) {
      Shared shared = oldestFirst.next();
      if (shared.users == 0) {
        oldestFirst.remove();
        shared.released = true;
        shared.closeIfDone();
        idle--;
      }
    }
  }

  /** A borrowed search; closing the lease returns it and leaves it open for others. */
  public static final class Lease implements AutoCloseable {
    private final Shared shared;
    private boolean closed;

    private Lease(Shared shared) {
      this.shared = shared;
    }

    /**
     * The search, usable until the lease is closed. Waits until it is built.
     *
     * @return the search; not to be closed
     * @throws IllegalArgumentException as {@link ExactSearch#ExactSearch(MemoryBank)} does
     */
    public NearestSearch search() {
      return shared.search();
    }

    @Override
    public synchronized void close() {
      if (!closed) {
        closed = true;
        giveBack(shared);
      }
    }
  }

  /**
   * One search and its number of users, guarded by the map's lock; one of its users starts to build
   * it, under its own lock.
   */
  private static final class Shared {
    private int users;
    private boolean released;
    private CompletableFuture<NearestSearch> search;

    synchronized void begin(
        Supplier<MemoryBank> bank, Function<MemoryBank, NearestSearch> opening) {
      if (search == null || search.isCompletedExceptionally()) {
        MemoryBank rows = bank.get();
        CompletableFuture<NearestSearch> building = new CompletableFuture<>();
        Thread builder =
            new Thread(
                () -> complete(building, rows, opening),
                Text.format("nightjar-search-of-%d-rows", rows.rows()));
        builder.setDaemon(true);
        builder.start();
        search = building;
      }
    }

    private static void complete(
        CompletableFuture<NearestSearch> building,
        MemoryBank rows,
        Function<MemoryBank, NearestSearch> opening) {
      try {
        building.complete(opening.apply(rows));
      } catch (RuntimeException | Error e) {
        building.completeExceptionally(e);
      }
    }

    NearestSearch search() {
      CompletableFuture<NearestSearch> building;
      synchronized (this) {
        building = search;
      }
      try {
        return building.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw e;
      }
    }

    void closeIfDone() {
      if (released && users == 0 && search != null) {
        // No caller waits for it any more, but it may still be under construction.
        search = search.thenApply(Shared::closed);
      }
    }

    private static NearestSearch closed(NearestSearch search) {
      search.close();
      return search;
    }
  }
}
