package io.nightjar.report.comparison;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.BoundedFiles;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.PlainFiles;
import io.nightjar.io.place.PlaceFault;
import io.nightjar.json.JsonDocument;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.text.Text;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The newest run of a folder of runs.
 *
 * @param newest its folder; empty where there is no finished run
 * @param passedOver folders that hold part of a run, with what is wrong with each, as sentences
 */
public record RunHistory(Optional<String> newest, List<String> passedOver) {
  /** The last part of a location that names the newest run of the folder before it. */
  public static final String LATEST = "latest";

  public RunHistory {
    passedOver = List.copyOf(passedOver);
  }

  private record Found(String uri, Instant started) {}

  /** Whether a location names the newest run of a folder. */
  public static boolean isLatest(String location) {
    return location.equals(LATEST) || location.endsWith("/" + LATEST);
  }

  /**
   * Looks through the folder before {@value #LATEST}. A run is as old as its record says; of two of
   * one time the one whose folder's name is later in the alphabet is newer.
   *
   * @param location that ends with {@value #LATEST}
   * @param except the folder of a run that is not looked at, such as the one that is compared
   * @throws InvalidInputException if the folder cannot be listed
   */
  public static RunHistory of(
      String location, Optional<String> except, Configuration configuration) {
    String parent =
        location.equals(LATEST)
            ? "."
            : location.substring(0, location.length() - LATEST.length() - 1);
    List<Found> runs = new ArrayList<>();
    List<String> passedOver = new ArrayList<>();
    try {
      Path folder = HadoopPaths.parse(parent.isEmpty() ? "/" : parent);
      FileSystem files = PlainFiles.of(folder, configuration);
      Optional<Path> left = except.map(HadoopPaths::parse).map(files::makeQualified);
      for (FileStatus entry : list(files, folder)) {
        if (entry.isDirectory() && left.filter(entry.getPath()::equals).isEmpty()) {
          look(files, entry.getPath(), runs, passedOver);
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidInputException(
          Text.format(
              "The runs in %s cannot be listed: %s",
              parent, PlaceFault.of(parent.toString(), e).sentences()),
          e);
    }
    return new RunHistory(
        runs.stream()
            .max(Comparator.comparing(Found::started).thenComparing(Found::uri))
            .map(Found::uri),
        passedOver);
  }

  private static List<FileStatus> list(FileSystem files, Path folder) throws IOException {
    try {
      return Arrays.stream(files.listStatus(folder))
          .sorted(Comparator.comparing(entry -> entry.getPath().toString()))
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  private static void look(
      FileSystem files, Path folder, List<Found> runs, List<String> passedOver) {
    Path record = new Path(folder, ReportFiles.RUN_JSON);
    try {
      if (!files.exists(new Path(folder, ReportFiles.METRICS_JSON))) {
        if (files.exists(record) || files.exists(new Path(folder, ".nightjar-running"))) {
          passedOver.add(
              Text.format(
                  "%s is no finished run and was passed over: it has no %s.",
                  folder, ReportFiles.METRICS_JSON));
        }
        return;
      }
      byte[] content = BoundedFiles.read(files, record, ReportFiles.LARGEST_DOCUMENT);
      String started =
          JsonDocument.parse(new String(content, StandardCharsets.UTF_8)).text("started");
      runs.add(new Found(folder.toString(), Instant.parse(started)));
    } catch (IOException | IllegalArgumentException | DateTimeParseException e) {
      passedOver.add(
          Text.format("%s cannot be read and was passed over: %s.", folder, e.getMessage()));
    }
  }
}
