package io.nightjar.job.folder;

import io.nightjar.json.Json;
import io.nightjar.json.JsonDocument;
import io.nightjar.report.status.RunningProcess;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a run leaves in its folder for as long as it writes there.
 *
 * @param run its identifier
 * @param process that writes
 * @param started when it claimed the folder
 * @param request what it was asked to do; empty where it does not say
 */
record RunMark(String run, RunningProcess process, Instant started, String request) {
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
      String started) {}

  /** The content of the file. */
  byte[] write(Instant renewed) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put(Json.FORMAT_VERSION, 1);
    document.put("run", run);
    document.put("host", process.host());
    document.put("process", process.pid());
    document.put("process_started", process.birth());
    document.put("process_space", process.space());
    document.put("started", started.toString());
    document.put("renewed", renewed.toString());
    document.put(Request.FIELD, request);
    return (Json.indented(document) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** The mark that a file holds; empty where it is not, or not yet, complete. */
  static Optional<RunMark> read(byte[] content) {
    try {
      JsonDocument document = JsonDocument.parse(new String(content, StandardCharsets.UTF_8));
      Document read = document.as(Document.class);
      return Optional.of(
          new RunMark(
              read.run,
              new RunningProcess(read.host, read.process, read.processStarted, read.processSpace),
              Instant.parse(read.started),
              document.has(Request.FIELD) ? document.text(Request.FIELD) : ""));
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
