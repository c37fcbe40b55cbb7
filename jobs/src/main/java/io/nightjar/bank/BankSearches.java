package io.nightjar.bank;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The searches of this process, one for each bank: whoever comes first has it built, all tasks
 * share it. Searches that nobody uses are kept for the next task, but only the {@value #MAX_IDLE}
 * used last; {@link #release} closes one at once when its category is done.
 */
public final class BankSearches {
  /** Idle searches that may keep their native memory. */
  static final int MAX_IDLE = 2;

  // In the order of their last use.
  private static final Map<Long, Shared> SEARCHES = new LinkedHashMap<>(16, 0.75f, true);

  private BankSearches() {}

  /**
   * Borrows the search of a bank.
   *
   * @param id what tells banks apart in this application, such as the broadcast's id
   * @param bank gives the bank where its search must be built
   */
  public static Lease acquire(long id, Supplier<MemoryBank> bank) {
    Shared shared;
    synchronized (SEARCHES) {
      shared = SEARCHES.computeIfAbsent(id, unknown -> new Shared());
      shared.users++;
    }
    try {
      // Outside of the lock: searches of different banks are built side by side.
      return new Lease(shared, shared.search(bank));
    } catch (RuntimeException | Error e) {
      giveBack(shared);
      throw e;
    }
  }

  /** Closes the search of a bank, as soon as nobody uses it; does nothing where there is none. */
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

  /** A borrowed search; closing the lease gives it back and leaves it open for others. */
  public static final class Lease implements AutoCloseable {
    private final Shared shared;
    private final ExactSearch search;
    private boolean closed;

    private Lease(Shared shared, ExactSearch search) {
      this.shared = shared;
      this.search = search;
    }

    /** The search, usable until the lease is closed. */
    public ExactSearch search() {
      return search;
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
   * One search and how many use it, guarded by the map's lock; the search itself is built under its
   * own lock, by one of its users.
   */
  private static final class Shared {
    private int users;
    private boolean released;
    private ExactSearch search;

    synchronized ExactSearch search(Supplier<MemoryBank> bank) {
      if (search == null) {
        search = new ExactSearch(bank.get());
      }
      return search;
    }

    void closeIfDone() {
      if (released && users == 0 && search != null) {
        search.close();
      }
    }
  }
}
