package io.nightjar.job.folder;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.AtomicFiles;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.ObjectStores;
import io.nightjar.report.status.RunningProcess;
import io.nightjar.text.Text;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The claim of one run on its folder: a file that is created exclusively, renewed while the run
 * writes, and removed at its end. The claim of a dead run is taken over: dead is a process of this
 * machine that no longer runs, and one elsewhere that has not renewed its claim for {@link
 * Timing#expiry}, by the clock of the file system. A file that ends before the claim does was left
 * by a run that was killed over it, unless it is younger than {@link Timing#unfinished}.
 *
 * <p>Where neither the client of an object store nor the store makes creation exclusive, two runs
 * create the file that check at the same moment, and the later one remains: each looks again after
 * {@link Timing#settling} and yields to the other. A store that takes longer than that to write a
 * file of a few hundred bytes leaves a window, which {@link #requireHeld} closes before anything is
 * replaced. It is waited everywhere but on file systems: a store that refuses the second of two
 * uploads one after the other may still take both at once.
 */
public final class RunClaim implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunClaim.class);
  private static final int ATTEMPTS = 50;
  private static final int LAST_RENEWAL_SECONDS = 10;

  /** Runs of this process, which may run several, one after another or at once. */
  private static final Set<String> OWN_RUNS = ConcurrentHashMap.newKeySet();

  private final FileSystem files;
  private final AtomicFiles atomic;
  private final Path file;
  private final String out;
  private final Timing timing;
  private final RunMark mark;
  private final TakeOver takeOver;
  private final ScheduledExecutorService renewal =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "nightjar-claim");
            thread.setDaemon(true);
            return thread;
          });

  private Future<?> renewals = CompletableFuture.completedFuture(null);

  /**
   * How long a claim lives.
   *
   * @param renewal between two renewals
   * @param expiry after the last renewal
   * @param settling before a claim that may not have been exclusive counts
   * @param unfinished while it may still be written for the first time
   */
  record Timing(Duration renewal, Duration expiry, Duration settling, Duration unfinished) {
    static final Timing DEFAULT =
        new Timing(
            Duration.ofMinutes(1),
            Duration.ofMinutes(10),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5));
  }

  private RunClaim(
      FileSystem files,
      Path folder,
      String out,
      Request request,
      Timing timing,
      Configuration configuration) {
    this.files = files;
    this.atomic = AtomicFiles.of(files, configuration);
    this.file = HadoopPaths.child(folder, RunMark.NAME);
    this.out = out;
    this.timing = timing;
    this.mark =
        new RunMark(
            UUID.randomUUID().toString(),
            RunningProcess.current(),
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            request.sha256());
    this.takeOver = new TakeOver(files, folder, out, timing, mark, OWN_RUNS::contains, atomic);
  }

  /**
   * Claims a folder, which is made where it is missing.
   *
   * @param out what the folder was named
   * @param request of the run: the claim of an earlier process with the same, of which is not known
   *     whether it lives, is waited for until it is renewed or ends
   * @throws InvalidInputException if another run holds it
   * @throws IOException if it cannot be written
   */
  static RunClaim take(
      FileSystem files,
      Path folder,
      String out,
      Request request,
      Timing timing,
      Configuration configuration)
      throws IOException {
    RunClaim claim = new RunClaim(files, folder, out, request, timing, configuration);
    try {
      OWN_RUNS.add(claim.mark.run());
      claim.take();
      return claim;
    } catch (IOException | RuntimeException e) {
      claim.forget();
      throw e;
    }
  }

  /**
   * Claims a folder with the usual times.
   *
   * @param out what the folder was named
   * @param request of the run, as in the other method
   * @throws InvalidInputException if another run holds it
   * @throws IOException if it cannot be written
   */
  public static RunClaim take(
      FileSystem files, Path folder, String out, Request request, Configuration configuration)
      throws IOException {
    return take(files, folder, out, request, Timing.DEFAULT, configuration);
  }

  /** Identifies the run. */
  String run() {
    return mark.run();
  }

  private void take() throws IOException {
    for (int attempt = 0; !create(atomic, file, mark.write(Instant.now())); attempt++) {
      if (attempt == ATTEMPTS) {
        throw new IOException("other runs claim it at the same time");
      }
      pause(takeOver.endDeadClaim());
    }
    if (ObjectStores.isOne(files)) {
      pause(timing.settling);
      Optional<RunMark> found = find();
      if (found.isPresent() && !holds(found.get())) {
        throw takeOver.taken(found.get().describe(), "");
      }
    }
    long millis = timing.renewal.toMillis();
    renewals = renewal.scheduleAtFixedRate(this::renew, millis, millis, TimeUnit.MILLISECONDS);
  }

  static boolean create(AtomicFiles atomic, Path path, byte[] content) throws IOException {
    try {
      atomic.create(path, content);
      return true;
    } catch (org.apache.hadoop.fs.FileAlreadyExistsException
        | java.nio.file.FileAlreadyExistsException e) {
      return false;
    }
  }

  private boolean holds(RunMark found) {
    return found.run().equals(mark.run());
  }

  private Optional<RunMark> find() throws IOException {
    return FoundMark.read(files, file).mark();
  }

  private synchronized void renew() {
    try {
      if (find().filter(this::holds).isPresent()) {
        atomic.replace(file, mark.write(Instant.now()));
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("The claim on {} could not be renewed; it is tried again", out, e);
    }
  }

  /**
   * Makes sure, before results are replaced, that no other run has taken the folder over. Not while
   * the claim is renewed: not every store reads a file whole that is replaced meanwhile.
   *
   * @throws IllegalStateException if one has
   */
  public synchronized void requireHeld() {
    Optional<RunMark> found;
    try {
      found = find();
    } catch (IOException e) {
      throw new IllegalStateException(
          Text.format("The claim on %s cannot be read: %s", out, e.getMessage()), e);
    }
    if (found.filter(this::holds).isEmpty()) {
      throw new IllegalStateException(
          Text.format(
              "%s was taken over by another run %s, since this one had not renewed its claim in"
                  + " time; nothing was replaced.",
              out, found.map(RunMark::describe).orElse("that has ended")));
    }
  }

  @Override
  public void close() {
    forget();
    try {
      if (find().filter(this::holds).isPresent()) {
        files.delete(file, false);
      }
    } catch (IOException e) {
      LOG.warn("The claim {} cannot be removed", file, e);
    }
  }

  /** Waits for a renewal, which would otherwise write the claim that is being removed. */
  private void forget() {
    renewals.cancel(false);
    renewal.shutdown();
    try {
      if (!renewal.awaitTermination(LAST_RENEWAL_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("The claim on {} is still being renewed", out);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    OWN_RUNS.remove(mark.run());
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The run was interrupted.", e);
    }
  }
}
