package io.nightjar.job.folder;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.AtomicFiles;
import io.nightjar.io.HadoopPaths;
import io.nightjar.text.Text;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of the claim of another run: it is kept, waited for, or removed. */
final class TakeOver {
  private static final Logger LOG = LoggerFactory.getLogger(TakeOver.class);
  private static final int TAKE_OVER_MILLIS = 100;

  private final FileSystem files;
  private final Path folder;
  private final Path file;
  private final String out;
  private final RunClaim.Timing timing;
  private final RunMark mark;
  private final Predicate<String> isOwnRun;
  private final AtomicFiles atomic;

  /**
   * When the claim of this run's earlier process was written that is waited for, in milliseconds.
   */
  private OptionalLong awaited = OptionalLong.empty();

  /**
   * @param out what the folder was named
   * @param mark of the run that wants the folder
   * @param isOwnRun whether a run is one of this process
   */
  TakeOver(
      FileSystem files,
      Path folder,
      String out,
      RunClaim.Timing timing,
      RunMark mark,
      Predicate<String> isOwnRun,
      AtomicFiles atomic) {
    this.files = files;
    this.folder = folder;
    this.file = HadoopPaths.child(folder, RunMark.NAME);
    this.out = out;
    this.timing = timing;
    this.mark = mark;
    this.isOwnRun = isOwnRun;
    this.atomic = atomic;
  }

  /**
   * Removes the claim of a dead run, unless it has ended by itself. Of two runs that do so at once,
   * the slower one must not remove the claim of the faster one: each holds a file of its own
   * meanwhile, which is created exclusively.
   *
   * @return how long to wait before the folder is claimed again
   * @throws InvalidInputException if the run lives
   */
  Duration endDeadClaim() throws IOException {
    Path takeOver = HadoopPaths.child(folder, RunMark.NAME + "-taken-over");
    if (!RunClaim.create(atomic, takeOver, mark.write(Instant.now()))) {
      if (isAbandoned(takeOver)) {
        LOG.warn("{} was left by a run that died; it is removed", takeOver);
        files.delete(takeOver, false);
      }
      return Duration.ofMillis(TAKE_OVER_MILLIS);
    }
    try {
      FoundMark found = FoundMark.read(files, file);
      if (found.mark().isEmpty() && !files.exists(file)) {
        return Duration.ZERO;
      }
      Duration left =
          found.isUnfinished()
              ? timing.unfinished().minus(age(file))
              : untilKnownDead(found.mark());
      if (left.compareTo(Duration.ZERO) > 0) {
        return left;
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
    FoundMark holder = FoundMark.read(files, takeOver);
    if (isKnown(holder.mark())) {
      return !isAlive(holder.mark().get());
    }
    Duration life = holder.isUnfinished() ? timing.unfinished() : timing.expiry();
    return age(takeOver).compareTo(life) >= 0;
  }

  private boolean isKnown(Optional<RunMark> found) {
    return found.filter(other -> other.process().isKnownTo(mark.process())).isPresent();
  }

  /**
   * How long to wait before it is known to be dead; nothing where it is.
   *
   * @throws InvalidInputException if it lives, or may live and is not waited for
   */
  private Duration untilKnownDead(Optional<RunMark> found) throws IOException {
    if (isKnown(found)) {
      if (isAlive(found.get())) {
        throw taken(found.get().describe(), "");
      }
      return Duration.ZERO;
    }
    Duration left = timing.expiry().minus(age(file));
    if (left.compareTo(Duration.ZERO) <= 0) {
      return Duration.ZERO;
    }
    String who = found.map(RunMark::describe).orElse("(an unknown process)");
    if (found.filter(this::isEarlierProcess).isPresent() && isNotRenewed()) {
      LOG.warn(
          "An earlier process of this run holds {} {}; its claim is waited for, {} at most",
          out,
          who,
          minutes(left));
      return left.compareTo(timing.renewal()) < 0 ? left : timing.renewal();
    }
    throw taken(
        who,
        Text.format(
            " If that run is dead, its claim ends in %s: start again then, or remove %s now.",
            minutes(left), file));
  }

  private boolean isEarlierProcess(RunMark found) {
    return !mark.request().isEmpty() && mark.request().equals(found.request());
  }

  /** Whether the claim is as it was when it was first looked at, or has been removed since. */
  private boolean isNotRenewed() throws IOException {
    try {
      long written = files.getFileStatus(file).getModificationTime();
      if (awaited.isEmpty()) {
        awaited = OptionalLong.of(written);
      }
      return awaited.getAsLong() == written;
    } catch (FileNotFoundException e) {
      return true;
    }
  }

  /** Whole minutes, rounded up. */
  private static String minutes(Duration duration) {
    long minutes = (duration.toSeconds() + 59) / 60;
    return Text.counted(Math.max(1, minutes), "minute", "minutes");
  }

  private boolean isAlive(RunMark other) {
    return other.process().pid() == mark.process().pid()
        ? isOwnRun.test(other.run())
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

  /** The sentence that another run has the folder. */
  InvalidInputException taken(String who, String more) {
    return new InvalidInputException(
        Text.format(
            "Another run writes to --out %s %s; wait until it has ended, or name another folder.%s",
            out, who, more));
  }
}
