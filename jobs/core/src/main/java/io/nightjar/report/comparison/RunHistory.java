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

  /**
   * Takes an unchangeable copy.
   *
   * @param newest its folder; empty where there is no finished run
   * @param passedOver folders that hold part of a run, with what is wrong with each, as sentences
   */
  public RunHistory {
    passedOver = List.copyOf(passedOver);
  }

  /**
   * A finished run.
   *
   * @param data where its data was; empty where its record does not say
   */
  private record Found(String uri, Instant started, Optional<String> data) {

    /** Later than another. */
    static final Comparator<Found> BY_TIME =
        Comparator.comparing(Found::started).thenComparing(Found::uri);

    boolean isOf(String place) {
      return data.filter(place::equals).isPresent();
    }
  }

  /**
   * Whether a location names the newest run of a folder.
   *
   * @param location of a run
   * @return true for {@value #LATEST} and for what ends with it as the name of a folder
   */
  public static boolean isLatest(String location) {
    return location.equals(LATEST) || location.endsWith("/" + LATEST);
  }

  /**
   * Looks through the folder before {@value #LATEST}. A run is as old as its record says; of two of
   * one time the one whose folder's name is later in the alphabet is newer.
   *
   * @param location that ends with {@value #LATEST}
   * @param except the folder of a run that is not looked at, such as the one that is compared
   * @param data where the data is, in full: where the folder holds runs of data at this place,
   *     newer ones of other data are passed over; empty for runs of any data
   * @param configuration of the file systems
   * @return without a newest run where the folder does not exist or holds no finished run
   * @throws InvalidInputException if the folder cannot be listed
   */
  public static RunHistory of(
      String location,
      Optional<String> except,
      Optional<String> data,
      Configuration configuration) {
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
      throw PlaceFault.refused("The runs in %s cannot be listed: %s", parent, e);
    }
    Optional<Found> last = runs.stream().max(Found.BY_TIME);
    Optional<Found> same =
        data.flatMap(place -> runs.stream().filter(run -> run.isOf(place)).max(Found.BY_TIME));
    if (same.isPresent() && !same.equals(last)) {
      passedOver.add(
          Text.format(
              "%s is newer than %s and was passed over: its data is another, in %s.",
              last.get().uri,
              same.get().uri,
              last.get().data.orElse("a place not recorded in full")));
    }
    return new RunHistory(same.or(() -> last).map(Found::uri), passedOver);
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
      JsonDocument run = JsonDocument.parse(new String(content, StandardCharsets.UTF_8));
      runs.add(new Found(folder.toString(), Instant.parse(run.text("started")), data(run)));
    } catch (IOException | IllegalArgumentException | DateTimeParseException e) {
      passedOver.add(
          Text.format("%s cannot be read and was passed over: %s.", folder, e.getMessage()));
    }
  }

  private static Optional<String> data(JsonDocument run) {
    return Optional.ofNullable(Setting.of(run.values()).get(Setting.DATA))
        .flatMap(HadoopPaths::unambiguous);
  }
}
