package io.nightjar.table;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * The rows of a partition in batches, each worked on when it is asked for; one batch is in memory
 * at a time.
 */
final class BatchedRows<T, R> implements Iterator<R> {
  private final Iterator<T> rows;
  private final int size;
  private final Function<List<T>, List<R>> work;
  private final Deque<R> ready = new ArrayDeque<>();

  BatchedRows(Iterator<T> rows, int size, Function<List<T>, List<R>> work) {
    this.rows = rows;
    this.size = size;
    this.work = work;
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && rows.hasNext()) {
      List<T> batch = new ArrayList<>();
      while (batch.size() < size && rows.hasNext()) {
        batch.add(rows.next());
      }
      ready.addAll(work.apply(batch));
    }
    return !ready.isEmpty();
  }

  @Override
  public R next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }
}
