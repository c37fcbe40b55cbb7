package io.nightjar.backbone.engine;

import io.nightjar.backbone.onednn.Session;
import java.util.ArrayDeque;
import java.util.function.Supplier;

/**
 * The sessions of a network, to be used again: as many as were ever in use at the same time. Where
 * native memory does not suffice for one more, the caller waits for one of the others.
 */
final class Sessions implements AutoCloseable {
  private final Supplier<Session> opening;
  private final ArrayDeque<Session> idle = new ArrayDeque<>();
  private int open;

  /**
   * @param opening opens one more session
   */
  Sessions(Supplier<Session> opening) {
    this.opening = opening;
  }

  /**
   * A session, which the caller must give back.
   *
   * @throws IllegalStateException if native memory does not suffice for a single one
   */
  Session take() {
    synchronized (this) {
      if (!idle.isEmpty()) {
        return idle.pop();
      }
      open++;
    }
    try {
      return opening.get();
    } catch (RuntimeException | OutOfMemoryError e) {
      return another(e);
    }
  }

  private synchronized Session another(Throwable failure) {
    open--;
    notifyAll();
    String reason = HalvingBackbone.exhausted(failure).orElse("");
    if (reason.isEmpty() && failure instanceof RuntimeException unexpected) {
      throw unexpected;
    }
    if (reason.isEmpty()) {
      throw (Error) failure;
    }
    // Those who have one need nothing else to end with it.
    while (idle.isEmpty()) {
      if (open == 0) {
        throw new IllegalStateException(reason);
      }
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("The wait for memory was interrupted", e);
      }
    }
    return idle.pop();
  }

  /** Ends the use of a session. */
  synchronized void giveBack(Session session) {
    idle.push(session);
    notifyAll();
  }

  /** Closes those that are not in use. */
  @Override
  public synchronized void close() {
    open -= idle.size();
    idle.forEach(Session::close);
    idle.clear();
  }
}
