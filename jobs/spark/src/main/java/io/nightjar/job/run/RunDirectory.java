package io.nightjar.job.run;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The folder that a run writes to: one folder, one run. */
public final class RunDirectory {
  /** What a run leaves in its folder; --overwrite removes these and nothing else. */
  private static final List<String> OURS =
      List.of(
          "run.json",
          "metrics.json",
          "metrics.csv",
          "score.json",
          "scores.csv",
          "drift.json",
          "report.html",
          "metrics",
          "scores",
          "distributions",
          "curves",
          "maps",
          "pictures");

  private RunDirectory() {}

  /**
   * Makes the folder ready for a new run.
   *
   * @throws InvalidInputException if it holds another run and {@code overwrite} is not set, if it
   *     holds other files, or if it cannot be written
   */
  public static void prepare(String out, boolean overwrite, Configuration configuration) {
    Path path = new Path(out);
    try {
      FileSystem files = path.getFileSystem(configuration);
      if (files.exists(path)) {
        FileStatus status = files.getFileStatus(path);
        if (!status.isDirectory()) {
          throw new InvalidInputException(
              Text.format("--out %s is a file; name a folder for the results.", out));
        }
        clear(files, path, out, overwrite);
      }
      probe(files, path);
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      throw new InvalidInputException(
          Text.format("--out %s cannot be written: %s", out, e.getMessage()), e);
    }
  }

  private static void clear(FileSystem files, Path path, String out, boolean overwrite)
      throws IOException {
    List<String> names =
        Arrays.stream(files.listStatus(path)).map(child -> child.getPath().getName()).toList();
    List<String> foreign = names.stream().filter(name -> !OURS.contains(name)).toList();
    if (!foreign.isEmpty()) {
      throw new InvalidInputException(
          Text.format(
              "--out %s holds files that no run has written (%s); name a new folder.",
              out, foreign.get(0)));
    }
    if (!names.isEmpty() && !overwrite) {
      throw new InvalidInputException(
          Text.format(
              "--out %s already holds the results of a run; name a new folder, or add --overwrite.",
              out));
    }
    for (String name : names) {
      files.delete(new Path(path, name), true);
    }
  }

  /** Hours of work must not end at a folder that no one may write. */
  private static void probe(FileSystem files, Path path) throws IOException {
    Path probe = new Path(path, ".nightjar-probe");
    files.create(probe, true).close();
    files.delete(probe, false);
  }
}
