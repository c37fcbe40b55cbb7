package io.nightjar.job.folder;

import io.nightjar.json.Json;
import io.nightjar.json.JsonDocument;
import io.nightjar.report.status.RunningProcess;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/**
 * What a run leaves in its folder for as long as it writes there.
 *
 * @param run its identifier
 * @param process that writes
 * @param started when it claimed the folder
 */
record RunMark(String run, RunningProcess process, Instant started) {
  /** Its file in the folder. */
  static final String NAME = FolderContents.OWN + "running";

  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private record Document(
      int formatVersion,
      String run,
      String host,
      long process,
      String processStarted,
      String processSpace,
      String started,
      String renewed) {}

  /** The content of the file. */
  byte[] write(Instant renewed) {
    String json =
        Json.indented(
            new Document(
                1,
                run,
                process.host(),
                process.pid(),
                process.birth(),
                process.space(),
                started.toString(),
                renewed.toString()));
    return (json + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** The mark that a file holds; empty where it is not, or not yet, complete. */
  static Optional<RunMark> read(byte[] content) {
    try {
      Document read =
          JsonDocument.parse(new String(content, StandardCharsets.UTF_8)).as(Document.class);
      return Optional.of(
          new RunMark(
              read.run,
              new RunningProcess(read.host, read.process, read.processStarted, read.processSpace),
              Instant.parse(read.started)));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether a file's content ends before a mark does: it is being written, or its writer was killed
   * over it. What a later version of the program writes is complete, if not known to this one.
   */
  static boolean isUnfinished(byte[] content) {
    try {
      JsonDocument.parse(new String(content, StandardCharsets.UTF_8));
      return false;
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  /** Since when it writes, and who it is. */
  String describe() {
    return "since "
        + MINUTES.format(started)
        + " ("
        + process.host()
        + ", process "
        + process.pid()
        + ")";
  }
}
