package io.nightjar.job.folder;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.AtomicFiles;
import io.nightjar.io.BoundedFiles;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.ObjectStores;
import io.nightjar.report.status.RunningProcess;
import io.nightjar.text.Text;
import java.io.FileNotFoundException;
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
 * <p>An object store without exclusive creation lets two runs create the file that check at the
 * same moment, and the later one remains: each looks again after {@link Timing#settling} and yields
 * to the other. A store that takes longer than that to write a file of a few hundred bytes leaves a
 * window, which {@link #requireHeld} closes before anything is replaced.
 */
final class RunClaim implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunClaim.class);
  private static final int ATTEMPTS = 50;
  private static final int MOST_BYTES = 1 << 20;
  private static final int TAKE_OVER_MILLIS = 100;
  private static final int LAST_RENEWAL_SECONDS = 10;

  /** Runs of this process, which may run several, one after another or at once. */
  private static final Set<String> OWN_RUNS = ConcurrentHashMap.newKeySet();

  private final FileSystem files;
  private final AtomicFiles atomic;
  private final Path folder;
  private final Path file;
  private final String out;
  private final Timing timing;
  private final RunMark mark =
      new RunMark(
          UUID.randomUUID().toString(),
          RunningProcess.current(),
          Instant.now().truncatedTo(ChronoUnit.SECONDS));
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

  /** The file of a claim, as it was read. */
  private record Found(Optional<RunMark> mark, boolean isUnfinished) {}

  private RunClaim(
      FileSystem files, Path folder, String out, Timing timing, Configuration configuration) {
    this.files = files;
    this.atomic = AtomicFiles.of(files, configuration);
    this.folder = folder;
    this.file = HadoopPaths.child(folder, RunMark.NAME);
    this.out = out;
    this.timing = timing;
  }

  /**
   * Claims a folder, which is made where it is missing.
   *
   * @param out what the folder was named
   * @throws InvalidInputException if another run holds it
   * @throws IOException if it cannot be written
   */
  static RunClaim take(
      FileSystem files, Path folder, String out, Timing timing, Configuration configuration)
      throws IOException {
    RunClaim claim = new RunClaim(files, folder, out, timing, configuration);
    try {
      OWN_RUNS.add(claim.mark.run());
      claim.take();
      return claim;
    } catch (IOException | RuntimeException e) {
      claim.forget();
      throw e;
    }
  }

  /** Identifies the run. */
  String run() {
    return mark.run();
  }

  private void take() throws IOException {
    for (int attempt = 0; !create(file, mark.write(Instant.now())); attempt++) {
      if (attempt == ATTEMPTS) {
        throw new IOException("other runs claim it at the same time");
      }
      pause(endDeadClaim());
    }
    if (ObjectStores.isOne(files)) {
      pause(timing.settling);
      Optional<RunMark> found = find();
      if (found.isPresent() && !holds(found.get())) {
        throw taken(found.get().describe(), "");
      }
    }
    long millis = timing.renewal.toMillis();
    renewals = renewal.scheduleAtFixedRate(this::renew, millis, millis, TimeUnit.MILLISECONDS);
  }

  private boolean create(Path path, byte[] content) throws IOException {
    try {
      atomic.create(path, content);
      return true;
    } catch (org.apache.hadoop.fs.FileAlreadyExistsException
        | java.nio.file.FileAlreadyExistsException e) {
      return false;
    }
  }

  /**
   * Removes the claim of a dead run, unless it has ended by itself. Of two runs that do so at once,
   * the slower one must not remove the claim of the faster one: each holds a file of its own
   * meanwhile, which is created exclusively.
   *
   * @return how long to wait before the folder is claimed again
   * @throws InvalidInputException if the run lives
   */
  private Duration endDeadClaim() throws IOException {
    Path takeOver = HadoopPaths.child(folder, RunMark.NAME + "-taken-over");
    if (!create(takeOver, mark.write(Instant.now()))) {
      if (isAbandoned(takeOver)) {
        LOG.warn("{} was left by a run that died; it is removed", takeOver);
        files.delete(takeOver, false);
      }
      return Duration.ofMillis(TAKE_OVER_MILLIS);
    }
    try {
      Found found = read(file);
      if (found.mark().isEmpty() && !files.exists(file)) {
        return Duration.ZERO;
      }
      if (found.isUnfinished()) {
        Duration left = timing.unfinished.minus(age(file));
        if (left.compareTo(Duration.ZERO) > 0) {
          return left;
        }
      } else {
        requireDead(found.mark());
      }
      LOG.warn(
          "The claim on {} of a run {} that ended without removing it is taken over",
          out,
          found.mark().map(RunMark::describe).orElse("of an unknown process"));
      files.delete(file, false);
      return Duration.ZERO;
    } finally {
      files.delete(takeOver, false);
    }
  }

  /** Whether the run that took over was killed over it. */
  private boolean isAbandoned(Path takeOver) throws IOException {
    Found holder = read(takeOver);
    if (isKnown(holder.mark())) {
      return !isAlive(holder.mark().get());
    }
    Duration life = holder.isUnfinished() ? timing.unfinished : timing.expiry;
    return age(takeOver).compareTo(life) >= 0;
  }

  private boolean isKnown(Optional<RunMark> found) {
    return found.filter(other -> other.process().isKnownTo(mark.process())).isPresent();
  }

  private void requireDead(Optional<RunMark> found) throws IOException {
    if (isKnown(found)) {
      if (isAlive(found.get())) {
        throw taken(found.get().describe(), "");
      }
    } else {
      Duration left = timing.expiry.minus(age(file));
      if (left.compareTo(Duration.ZERO) > 0) {
        throw taken(
            found.map(RunMark::describe).orElse("(an unknown process)"),
            Text.format(
                " If that run is dead, its claim ends in %s: start again then, or remove %s now.",
                minutes(left), file));
      }
    }
  }

  /** Whole minutes, rounded up. */
  private static String minutes(Duration duration) {
    long minutes = (duration.toSeconds() + 59) / 60;
    return Text.counted(Math.max(1, minutes), "minute", "minutes");
  }

  private boolean isAlive(RunMark other) {
    return other.process().pid() == mark.process().pid()
        ? OWN_RUNS.contains(other.run())
        : other.process().isAlive();
  }

  /**
   * How long ago a file was written, by the clock of the file system; nothing where it is gone.
   * Another machine's process is known by its renewals alone, and its clock may differ.
   */
  private Duration age(Path path) throws IOException {
    Path probe = HadoopPaths.child(folder, FolderContents.OWN + "probe-" + mark.run());
    atomic.create(probe, new byte[0]);
    try {
      return Duration.ofMillis(
          files.getFileStatus(probe).getModificationTime()
              - files.getFileStatus(path).getModificationTime());
    } catch (FileNotFoundException e) {
      return Duration.ZERO;
    } finally {
      files.delete(probe, false);
    }
  }

  private InvalidInputException taken(String who, String more) {
    return new InvalidInputException(
        Text.format(
            "Another run writes to --out %s %s; wait until it has ended, or name another folder.%s",
            out, who, more));
  }

  private boolean holds(RunMark found) {
    return found.run().equals(mark.run());
  }

  private Optional<RunMark> find() throws IOException {
    return read(file).mark();
  }

  private Found read(Path path) throws IOException {
    try {
      byte[] content = BoundedFiles.read(files, path, MOST_BYTES);
      return new Found(RunMark.read(content), RunMark.isUnfinished(content));
    } catch (FileNotFoundException e) {
      return new Found(Optional.empty(), false);
    }
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
  synchronized void requireHeld() {
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
