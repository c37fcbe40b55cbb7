package io.nightjar.cli.status;

import io.nightjar.job.run.BuildInfo;
import io.nightjar.report.status.RunStatus;
import io.nightjar.report.status.RunningProcess;
import io.nightjar.report.status.StatusFile;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Says in a file that a command runs, again every {@link RunStatus#BEAT}, and how it ended. What
 * cannot be written is a sentence on the console; the command goes on without it.
 *
 * <p>In the folder of its results a command says nothing before that is its own: a command that is
 * refused leaves what the last one said there. A file that was asked for is written in any case.
 */
public final class StatusReport {
  private static final int LAST_BEAT_SECONDS = 10;

  private final StatusFile file;
  private final PrintWriter err;
  private final Duration beat;
  private final RunStatus running;
  private Optional<Beats> beats = Optional.empty();
  private boolean hasEnded;

  /** What says so again, and its thread. */
  private record Beats(Future<?> task, ScheduledExecutorService thread) {}

  StatusReport(StatusFile file, String runId, String command, PrintWriter err, Duration beat) {
    this.file = file;
    this.err = err;
    this.beat = beat;
    Instant now = now();
    this.running =
        new RunStatus(
            runId,
            command,
            RunningProcess.current(),
            now,
            now,
            Optional.empty(),
            BuildInfo.version());
  }

  /**
   * Of a command that has not said anything.
   *
   * @param command its name
   * @param err for what cannot be written
   */
  public static StatusReport of(StatusFile file, String runId, String command, PrintWriter err) {
    return new StatusReport(file, runId, command, err, RunStatus.BEAT);
  }

  /** Says that the command runs; again has no effect. */
  public synchronized void begin() {
    if (beats.isPresent()) {
      return;
    }
    write(running);
    ScheduledExecutorService executor =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "nightjar-status");
              thread.setDaemon(true);
              return thread;
            });
    Future<?> task =
        executor.scheduleAtFixedRate(
            this::beat, beat.toMillis(), beat.toMillis(), TimeUnit.MILLISECONDS);
    beats = Optional.of(new Beats(task, executor));
  }

  /**
   * Says how it ended, if it has begun; again has no effect.
   *
   * @param inAnyCase whether also if it has not
   */
  public synchronized void end(int exitCode, String sentence, boolean inAnyCase) {
    if (hasEnded || (beats.isEmpty() && !inAnyCase)) {
      return;
    }
    hasEnded = true;
    beats.ifPresent(StatusReport::stop);
    write(running.ended(new RunStatus.Ending(exitCode, sentence), now()));
  }

  /**
   * An earlier process has done it all, and its word remains.
   *
   * @param isNamed whether under this one's name, by which it is waited for
   */
  public synchronized void repeat(RunStatus earlier, boolean isNamed) {
    hasEnded = true;
    if (isNamed) {
      write(earlier.named(running.runId()));
    }
  }

  private void beat() {
    try {
      file.write(running.at(now()));
    } catch (IOException | RuntimeException e) {
      // The next one may be written; of the last one it is reported.
    }
  }

  private void write(RunStatus status) {
    try {
      file.write(status);
    } catch (IOException | RuntimeException e) {
      err.println(
          Text.format(
              "nightjar: the status could not be written to %s: %s. The results and the exit code are"
                  + " not affected.",
              file.location(), e.getMessage() == null ? e.toString() : e.getMessage()));
    }
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  /** A beat that is being written would otherwise come after the end. */
  private static void stop(Beats beats) {
    beats.task().cancel(false);
    beats.thread().shutdown();
    try {
      if (!beats.thread().awaitTermination(LAST_BEAT_SECONDS, TimeUnit.SECONDS)) {
        beats.thread().shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
