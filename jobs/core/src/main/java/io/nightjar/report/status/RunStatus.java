package io.nightjar.report.status;

import io.nightjar.json.Json;
import io.nightjar.json.JsonDocument;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How far a command is: it runs, or it has ended.
 *
 * @param runId what the caller named the run, or a random identifier
 * @param command such as evaluate
 * @param process that runs it
 * @param started when it began
 * @param heard when it last said that it runs, or that it has ended
 * @param ending how it ended; empty while it runs
 * @param version of the program
 */
public record RunStatus(
    String runId,
    String command,
    RunningProcess process,
    Instant started,
    Instant heard,
    Optional<Ending> ending,
    String version) {
  private static final int FORMAT_VERSION = 1;
  private static final String RUNNING = "running";
  private static final String ENDED = "ended";

  /** A command that runs says so every so often. */
  public static final Duration BEAT = Duration.ofSeconds(30);

  /** One that has not said so for so long is dead, or cut off from the storage. */
  public static final Duration SILENCE = Duration.ofMinutes(3);

  /**
   * The end of a command.
   *
   * @param exitCode of the process
   * @param sentence the outcome
   */
  public record Ending(int exitCode, String sentence) {
    /** Exit codes of commands that did all their work, whatever they found. */
    private static final Set<Integer> FINISHED = Set.of(0, 3, 4, 5);

    /**
     * Whether the command did all its work, so that the same one again would find the same: it was
     * neither refused nor interrupted, and nothing broke.
     *
     * @return true for the exit codes 0, 3, 4 and 5
     */
    public boolean isFinal() {
      return FINISHED.contains(exitCode);
    }
  }

  private record Document(
      String state,
      String runId,
      String command,
      String host,
      long process,
      String processStarted,
      String processSpace,
      String started,
      String heard,
      String version) {}

  private record EndDocument(int exitCode, String sentence) {}

  /**
   * The same at a later moment.
   *
   * @param now the moment at which it was heard of
   * @return a new status
   */
  public RunStatus at(Instant now) {
    return new RunStatus(runId, command, process, started, now, ending, version);
  }

  /**
   * Ended at a moment.
   *
   * @param end the exit code and the outcome
   * @param now the moment at which it ended
   * @return a new status
   */
  public RunStatus ended(Ending end, Instant now) {
    return new RunStatus(runId, command, process, started, now, Optional.of(end), version);
  }

  /**
   * The same under another name.
   *
   * @param id of the run
   * @return a new status
   */
  public RunStatus named(String id) {
    return new RunStatus(id, command, process, started, heard, ending, version);
  }

  /**
   * Whether it neither runs nor has said how it ended, as far as this process can know.
   *
   * @param now the time
   * @return on the machine of the process whether that is gone; from elsewhere whether nothing was
   *     heard for longer than {@link #SILENCE}
   */
  public boolean isLost(Instant now) {
    return ending.isEmpty()
        && (RunningProcess.current().isKnownTo(process)
            ? !process.isAlive()
            : Duration.between(heard, now).compareTo(SILENCE) > 0);
  }

  /**
   * Whether it runs, as far as this process can know.
   *
   * @param now the time
   * @return false where it has ended or is lost
   */
  public boolean isRunning(Instant now) {
    return ending.isEmpty() && !isLost(now);
  }

  /** The content of its file. */
  byte[] write() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put(Json.FORMAT_VERSION, FORMAT_VERSION);
    document.put("state", ending.isPresent() ? ENDED : RUNNING);
    ending.ifPresent(
        end -> {
          document.put("exit_code", end.exitCode());
          document.put("sentence", end.sentence());
        });
    document.put("run_id", runId);
    document.put("command", command);
    document.put("host", process.host());
    document.put("process", process.pid());
    document.put("process_started", process.birth());
    document.put("process_space", process.space());
    document.put("started", started.toString());
    document.put("heard", heard.toString());
    ending.ifPresent(end -> document.put("ended", heard.toString()));
    document.put("version", version);
    return (Json.indented(document) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * What a file holds.
   *
   * @throws IllegalArgumentException if that is no status; the message says why
   */
  static RunStatus read(byte[] content) {
    JsonDocument document =
        JsonDocument.parse(new String(content, StandardCharsets.UTF_8))
            .requireVersion(FORMAT_VERSION);
    Document read = document.as(Document.class);
    Optional<Ending> ending = Optional.empty();
    if (read.state.equals(ENDED)) {
      EndDocument end = document.as(EndDocument.class);
      ending = Optional.of(new Ending(end.exitCode, end.sentence));
    }
    try {
      return new RunStatus(
          read.runId,
          read.command,
          new RunningProcess(read.host, read.process, read.processStarted, read.processSpace),
          Instant.parse(read.started),
          Instant.parse(read.heard),
          ending,
          read.version);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("its \"started\" or \"heard\" is no moment", e);
    }
  }
}
