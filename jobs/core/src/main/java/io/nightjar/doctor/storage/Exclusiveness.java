package io.nightjar.doctor.storage;

import io.nightjar.io.AtomicFiles;
import io.nightjar.io.ConditionalPut;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;

/**
 * How many of several writers can create one file that must not exist, found by trying.
 *
 * @param again whether a file that is there was created once more
 * @param overlapping how many of two uploads to an object store succeeded, both of which began
 *     before either ended; 1 on other file systems
 * @param together how many of {@value #WRITERS} that were writing at the same moment succeeded
 */
record Exclusiveness(boolean again, int overlapping, int together) {
  static final int WRITERS = 4;

  /** Whether one writer alone succeeds, always as far as it was tried. */
  boolean isExclusive() {
    return !again && overlapping == 1 && together == 1;
  }

  /**
   * Tries it.
   *
   * @param probe a file that exists
   * @param contended a name that is free
   * @param contendedAgain another
   */
  static Exclusiveness of(
      ProbeFolder folder, AtomicFiles atomic, Path probe, Path contended, Path contendedAgain)
      throws Exception {
    boolean again = succeeds(() -> atomic.create(probe, content(0)));
    int overlapping = folder.isObjectStore() ? overlapping(folder, contendedAgain) : 1;
    return new Exclusiveness(again, overlapping, together(atomic, contended));
  }

  /**
   * Two uploads, both of which have begun before either ends: a client that only looks before it
   * writes lets both through, a conditional PUT refuses the second. No chance is involved.
   */
  private static int overlapping(ProbeFolder folder, Path contended) throws IOException {
    FSDataOutputStream first = upload(folder, contended);
    Optional<FSDataOutputStream> second;
    try {
      first.write(content(1));
      second = later(folder, contended);
    } finally {
      first.close();
    }
    boolean both =
        second.isPresent()
            && succeeds(
                () -> {
                  second.get().write(content(2));
                  second.get().close();
                });
    return both ? 2 : 1;
  }

  /** Some stores refuse it when it begins, others when it ends. */
  private static Optional<FSDataOutputStream> later(ProbeFolder folder, Path path) {
    try {
      return Optional.of(upload(folder, path));
    } catch (IOException e) { // each in its own way
      return Optional.empty();
    }
  }

  /** As {@link AtomicFiles} creates a file there. */
  private static FSDataOutputStream upload(ProbeFolder folder, Path path) throws IOException {
    return ConditionalPut.isOffered(folder.files(), path)
        ? ConditionalPut.open(folder.files(), path)
        : folder.files().create(path, false);
  }

  /** Threads that create the file at the same moment. */
  private static int together(AtomicFiles atomic, Path contended) throws Exception {
    ExecutorService pool =
        Executors.newFixedThreadPool(
            WRITERS,
            task -> {
              Thread thread = new Thread(task, "nightjar-doctor-writer");
              thread.setDaemon(true);
              return thread;
            });
    CyclicBarrier start = new CyclicBarrier(WRITERS);
    try {
      List<Callable<Boolean>> attempts = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        byte[] content = content(writer);
        attempts.add(
            () -> {
              start.await();
              return succeeds(() -> atomic.create(contended, content));
            });
      }
      int succeeded = 0;
      for (Future<Boolean> attempt : pool.invokeAll(attempts)) {
        succeeded += attempt.get() ? 1 : 0;
      }
      return succeeded;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } finally {
      pool.shutdownNow();
    }
  }

  private interface Attempt {
    void run() throws IOException;
  }

  private static boolean succeeds(Attempt attempt) {
    try {
      attempt.run();
      return true;
    } catch (IOException e) { // each file system says in its own way that the file exists
      return false;
    }
  }

  private static byte[] content(int writer) {
    return ("Nightjar's doctor, writer " + writer + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
