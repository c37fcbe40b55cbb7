package io.nightjar.report.sweep.output;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.PlainFiles;
import io.nightjar.io.place.PlaceFault;
import io.nightjar.report.sweep.SweepReport;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.text.Text;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The files of a sweep in a folder, next to the folder of its evaluations. Each is replaced as a
 * whole, so that a reader sees the old one or the new one; the last says that they are complete.
 */
public final class SweepFiles {
  /** Every figure. */
  public static final String JSON = "sweep.json";

  /** A line for each configuration. */
  public static final String CSV = "sweep.csv";

  /** The page. */
  public static final String PAGE = "sweep.html";

  /** The folder of the evaluations, a folder for each configuration. */
  public static final String CONFIGURATIONS = "configurations";

  private static final int NAMED = 3;

  private SweepFiles() {}

  /**
   * Refuses a folder that holds anything else.
   *
   * @param out a path or URI; it need not exist
   * @param configuration of the file systems
   * @throws InvalidInputException if it holds files that no sweep has written, or cannot be looked
   *     at
   */
  public static void requireOwn(String out, Configuration configuration) {
    try {
      Path folder = HadoopPaths.parse(out);
      FileSystem files = PlainFiles.of(folder, configuration);
      List<String> others =
          Arrays.stream(list(files, folder))
              .map(entry -> entry.getPath().getName())
              .filter(
                  name ->
                      !name.startsWith(".")
                          && !List.of(JSON, CSV, PAGE, CONFIGURATIONS).contains(name))
              .sorted()
              .toList();
      if (!others.isEmpty()) {
        throw new InvalidInputException(
            Text.format(
                "--out %s holds files that no sweep has written (%s%s); name a new folder.",
                out,
                String.join(", ", others.stream().limit(NAMED).toList()),
                others.size() > NAMED ? ", ..." : ""));
      }
    } catch (InvalidInputException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw PlaceFault.refused("--out %s cannot be used: %s", out, e);
    }
  }

  private static FileStatus[] list(FileSystem files, Path folder) throws IOException {
    try {
      return files.listStatus(folder);
    } catch (FileNotFoundException e) {
      return new FileStatus[0];
    }
  }

  /**
   * Writes all files; those that are there are replaced.
   *
   * @param report what was found
   * @param folder a path or URI
   * @param configuration of the file systems
   * @throws IOException if a file cannot be written
   */
  public static void write(SweepReport report, String folder, Configuration configuration)
      throws IOException {
    ReportFiles files = new ReportFiles(folder, configuration);
    files.write(PAGE, SweepHtml.render(report));
    files.write(CSV, SweepCsv.write(report));
    files.write(JSON, SweepJson.write(report));
  }
}
