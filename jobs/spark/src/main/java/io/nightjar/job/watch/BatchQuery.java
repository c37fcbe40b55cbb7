package io.nightjar.job.watch;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.StorageException;
import io.nightjar.job.watch.source.WatchedFolder;
import io.nightjar.text.Text;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;

/** Runs the query of a watch until it ends or is asked to. */
final class BatchQuery {
  private static final long POLL_MILLIS = 100;

  private final WatchedFolder watched;
  private final Work work;
  private final StopRequest stop;
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

  /** What is done with a batch. */
  interface Work {
    void of(Dataset<Row> files, int batch);
  }

  BatchQuery(WatchedFolder watched, Work work, StopRequest stop) {
    this.watched = watched;
    this.work = work;
    this.stop = stop;
  }

  /**
   * Runs the query; blocks until it ends.
   *
   * @throws InvalidInputException or another exception as the work of a batch threw it
   */
  void run(DataStreamWriter<Row> writer) {
    try {
      StreamingQuery query =
          writer.foreachBatch((VoidFunction2<Dataset<Row>, Long>) this::batch).start();
      try {
        await(query);
      } finally {
        query.stop();
      }
    } catch (StreamingQueryException e) {
      throw cause(e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("The query of the watch does not stop", e);
    }
  }

  /** Asked to end, it ends between two batches. */
  private void await(StreamingQuery query) throws StreamingQueryException {
    while (!query.awaitTermination(POLL_MILLIS)) {
      if (stop.isAsked()) {
        watched.stop();
        if (running.get() == 0 && !query.awaitTermination(POLL_MILLIS) && running.get() == 0) {
          return;
        }
      }
    }
  }

  private void batch(Dataset<Row> files, Long batch) {
    running.incrementAndGet();
    try {
      work.of(files, Math.toIntExact(batch));
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
      throw e;
    } finally {
      running.decrementAndGet();
    }
  }

  /** What the work of a batch threw; what the listing threw is within Spark's exceptions. */
  private RuntimeException cause(StreamingQueryException e) {
    if (failure.get() != null) {
      return failure.get();
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidInputException || cause instanceof StorageException) {
        return (RuntimeException) cause;
      }
    }
    return new IllegalStateException(
        Text.format("The query of the watch failed: %s", e.getMessage()), e);
  }
}
