package io.nightjar.io;

import io.nightjar.text.Text;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the storage again where it did not answer, after what its own client tried: with pauses that
 * double, drawn at random from half of each to the whole, so that the tasks of a cluster do not
 * come back all at once. What is asked for must be safe to repeat.
 *
 * @param attempts in all, at least 1
 * @param pause before the second attempt
 * @param longest time since the first attempt after which no other is begun
 */
public record StorageRetry(int attempts, Duration pause, Duration longest) {
  /** The Hadoop property of the number of attempts. */
  public static final String ATTEMPTS = "nightjar.storage.attempts";

  /** The Hadoop property of the pause before the second attempt, in milliseconds. */
  public static final String PAUSE = "nightjar.storage.pause.ms";

  private static final Logger LOG = LoggerFactory.getLogger(StorageRetry.class);
  private static final int DEFAULT_ATTEMPTS = 6;
  private static final int DEFAULT_PAUSE_MILLIS = 500;
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final long POLL_MILLIS = 50;

  private static final ThreadLocal<Watch> WATCH = new ThreadLocal<>();

  /** Follows what happens on a thread, such as that of a task. Called by several threads. */
  public interface Watch {
    /** One more request is made, since the one before was not answered. */
    void retried();

    /** Whether to give up waiting; asked several times a second. */
    boolean isCancelled();
  }

  /**
   * What is asked of the storage.
   *
   * @param <T> the answer
   */
  public interface Request<T> {
    /** Asks once. */
    T send() throws IOException;
  }

  /** The retries that a configuration asks for. */
  public static StorageRetry of(Configuration configuration) {
    return new StorageRetry(
        Math.max(1, configuration.getInt(ATTEMPTS, DEFAULT_ATTEMPTS)),
        Duration.ofMillis(Math.max(0, configuration.getInt(PAUSE, DEFAULT_PAUSE_MILLIS))),
        LONGEST);
  }

  /** Follows the requests of the calling thread from now on; none does where it is empty. */
  public static void watch(Optional<Watch> watch) {
    watch.ifPresentOrElse(WATCH::set, WATCH::remove);
  }

  /** What follows the calling thread, for threads that work for it. */
  public static Optional<Watch> watching() {
    return Optional.ofNullable(WATCH.get());
  }

  /**
   * The answer to a request.
   *
   * @param verb what is done, such as {@code read}
   * @param uri to what
   * @throws StorageException if the storage failed as often as it was asked
   * @throws CancellationException if the thread was interrupted or cancelled meanwhile
   * @throws IOException as the request threw it, where the storage is not to blame
   */
  public <T> T call(String verb, String uri, Request<T> request) throws IOException {
    long begun = System.nanoTime();
    long pauseMillis = pause.toMillis();
    for (int attempt = 1; ; attempt++) {
      try {
        return request.send();
      } catch (IOException | RuntimeException | FSError e) { // Hadoop's word for a local disk
        if (StorageFailure.isInterruption(e)) {
          throw cancelled(uri);
        }
        StorageFailure failure = StorageFailure.of(uri, e).orElse(null);
        if (failure == null) {
          throw e;
        }
        long taken = System.nanoTime() - begun;
        if (!failure.kind().isPassing() || attempt >= attempts || taken > longest.toNanos()) {
          LOG.warn("{}: the storage failed for good", uri, e);
          throw new StorageException(sentence(verb, uri, failure, attempt, taken));
        }
        LOG.info("{}: asked again, since the storage failed: {}", uri, failure.reason());
        await(pauseMillis, uri);
        pauseMillis *= 2;
        watching().ifPresent(Watch::retried);
      }
    }
  }

  private static void await(long pauseMillis, String uri) {
    long millis =
        pauseMillis == 0
            ? 0
            : ThreadLocalRandom.current().nextLong(pauseMillis / 2, pauseMillis + 1);
    long deadline = System.nanoTime() + millis * 1_000_000;
    try {
      for (long left = millis; left > 0; left = (deadline - System.nanoTime()) / 1_000_000) {
        if (watching().filter(Watch::isCancelled).isPresent()) {
          throw cancelled(uri);
        }
        Thread.sleep(Math.min(POLL_MILLIS, left));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cancelled(uri);
    }
  }

  private static CancellationException cancelled(String uri) {
    return new CancellationException(
        Text.format("The request for %s was given up, since its work was cancelled.", uri));
  }

  private static String sentence(
      String verb, String uri, StorageFailure failure, int attempts, long nanos) {
    String tried =
        Text.format(
            "it was tried %s over %.1f s",
            attempts == 1 ? "once" : attempts + " times", nanos / 1e9);
    return switch (failure.kind()) {
      case NO_ANSWER ->
          Text.format(
              "The storage did not answer when %s was to be %s: %s, and at last failed with: %s. No file"
                  + " was left out for that; run it again when the storage answers.",
              uri, verb, tried, ended(failure.reason()));
      case HANDLES ->
          Text.format(
              "The storage did not answer when %s was to be %s, since this process has too many open"
                  + " files: %s. Raise the limit (ulimit -n), or run fewer tasks at once (--master).",
              uri, verb, tried);
      case SPACE ->
          Text.format(
              "The storage did not answer when %s was to be %s, since a disk is full: %s, and at last"
                  + " failed with: %s. Free space there, or choose another place (--out,"
                  + " spark.local.dir), and run it again.",
              uri, verb, tried, ended(failure.reason()));
      case DENIED ->
          Text.format(
              "The storage denied access when %s was to be %s: %s. No file was left out for that; check"
                  + " the credentials, which may have expired, and their rights, and run it again.",
              uri, verb, ended(failure.reason()));
    };
  }

  /** Without the full stop that the sentence adds. */
  private static String ended(String reason) {
    return reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
  }
}
