package io.nightjar.cli.status;

import io.nightjar.cli.outcome.ExitCodes;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.StorageException;
import io.nightjar.io.place.PlaceFault;
import io.nightjar.report.status.RunStatus;
import io.nightjar.report.status.StatusFile;
import io.nightjar.text.Durations;
import io.nightjar.text.Sentences;
import io.nightjar.text.Text;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Turns the status that another command leaves into an exit code.
 *
 * @param file that it leaves
 * @param runId the only run that counts; empty for any
 */
public record StatusWait(StatusFile file, Optional<String> runId) {
  private static final Duration POLL = Duration.ofSeconds(2);

  /**
   * What is answered.
   *
   * @param exitCode of the other command, or {@link ExitCodes#NOT_ENDED}
   */
  public record Answer(int exitCode, String sentence) {}

  /**
   * A duration such as {@code 90m}.
   *
   * @throws InvalidInputException if it is none
   */
  public static Duration duration(String text) {
    return Durations.parse(text)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    Text.format(
                        "The option --timeout has \"%s\"; give a whole number and a unit, such as 30s,"
                            + " 90m, 6h or 1d.",
                        text)));
  }

  /**
   * The answer as it is.
   *
   * @throws InvalidInputException if there is no status
   */
  public Answer now() {
    return find()
        .map(status -> answer(status, Instant.now()))
        .orElseThrow(() -> new InvalidInputException(nothing()));
  }

  private String nothing() {
    return runId
        .map(
            id ->
                Text.format(
                    "There is no status of the run %s at %s; it has not begun, or names another"
                        + " --status-file.",
                    id, file.location()))
        .orElseGet(
            () ->
                Text.format(
                    "There is no status at %s; name the --out of evaluate, score or metrics, or what"
                        + " --status-file named.",
                    file.location()));
  }

  /**
   * The answer once the command has ended, is heard of no longer, or was waited for long enough.
   *
   * @param timeout the longest wait; empty for as long as the command is heard of
   */
  public Answer await(Optional<Duration> timeout) {
    return await(timeout, POLL);
  }

  Answer await(Optional<Duration> timeout, Duration poll) {
    Optional<Instant> end = timeout.map(Instant.now()::plus);
    while (true) {
      Instant now = Instant.now();
      Optional<RunStatus> found = findPatiently(poll);
      if (found.filter(status -> !status.isRunning(now)).isPresent()) {
        return answer(found.get(), now);
      }
      if (end.filter(now::isAfter).isPresent()) {
        return new Answer(
            ExitCodes.NOT_ENDED,
            "Not waited any longer. "
                + found.map(status -> answer(status, now).sentence()).orElseGet(this::nothing));
      }
      pause(poll);
    }
  }

  private static void pause(Duration poll) {
    try {
      Thread.sleep(poll.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The wait was interrupted.", e);
    }
  }

  private Optional<RunStatus> find() {
    try {
      return ofRun(file.read());
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** A wait of hours must not end with one request that was not answered. */
  private Optional<RunStatus> findPatiently(Duration poll) {
    Instant end = Instant.now().plus(RunStatus.SILENCE);
    while (true) {
      try {
        return ofRun(file.read());
      } catch (IOException e) {
        if (Instant.now().isAfter(end)) {
          throw unreadable(e);
        }
        pause(poll);
      }
    }
  }

  private Optional<RunStatus> ofRun(Optional<RunStatus> found) {
    return found.filter(status -> runId.isEmpty() || runId.get().equals(status.runId()));
  }

  private StorageException unreadable(IOException e) {
    return new StorageException(
        Text.format(
            "The status at %s cannot be read: %s",
            file.location(), PlaceFault.of(file.location(), e).sentences()));
  }

  private static Answer answer(RunStatus status, Instant now) {
    String of =
        Text.format(
            "%s on %s, begun at %s,", status.command(), status.process().host(), status.started());
    if (status.ending().isPresent()) {
      RunStatus.Ending ending = status.ending().get();
      return new Answer(
          ending.exitCode(),
          Text.format(
              "%s ended at %s with exit code %d: %s",
              of, status.heard(), ending.exitCode(), Sentences.shown(ending.sentence())));
    }
    return status.isLost(now)
        ? new Answer(
            ExitCodes.FAILED,
            Text.format(
                "%s was last heard of at %s and has not said how it ended: it was killed, or cannot"
                    + " write there. The log of its driver may say why; the same command again goes on"
                    + " where it stopped.",
                of, status.heard()))
        : new Answer(
            ExitCodes.NOT_ENDED, Text.format("%s runs; last heard of at %s.", of, status.heard()));
  }
}
