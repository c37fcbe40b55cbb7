package io.nightjar.report.history.output;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.AtomicFiles;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.PlainFiles;
import io.nightjar.io.place.PlaceFault;
import io.nightjar.report.history.HistoryOptions;
import io.nightjar.report.history.RunsHistory;
import io.nightjar.text.Text;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder of a history: its page, its table, and what it remembers. Each file is replaced as a
 * whole, so that a reader sees the old one or the new one.
 */
public final class HistoryFolder {
  /** The page. */
  public static final String PAGE = "history.html";

  /** The folder of the table. */
  public static final String TABLE = "history";

  private static final String PARQUET = "history.parquet";
  private static final String DELTA_LOG = "_delta_log";
  private static final int NAMED = 3;

  private final Path folder;
  private final FileSystem files;
  private final Configuration configuration;

  private HistoryFolder(Path folder, FileSystem files, Configuration configuration) {
    this.folder = folder;
    this.files = files;
    this.configuration = configuration;
  }

  /**
   * The folder for a history, which need not exist.
   *
   * @param isDelta whether its table is one of Delta Lake
   * @throws InvalidInputException if it holds anything that is no history, or one in the other
   *     format, or cannot be looked at
   */
  public static HistoryFolder of(String out, boolean isDelta, Configuration configuration) {
    try {
      Path given = HadoopPaths.parse(out);
      FileSystem files = PlainFiles.of(given, configuration);
      HistoryFolder folder = new HistoryFolder(files.makeQualified(given), files, configuration);
      folder.requireOwn(out);
      folder.requireFormat(out, isDelta);
      return folder;
    } catch (IOException | IllegalArgumentException e) {
      if (e instanceof InvalidInputException refused) {
        throw refused;
      }
      throw PlaceFault.refused("--out %s cannot be used: %s", out, e);
    }
  }

  private void requireOwn(String out) throws IOException {
    List<String> others =
        Arrays.stream(list(folder))
            .map(entry -> entry.getPath().getName())
            .filter(name -> !name.startsWith(".") && !name.equals(PAGE) && !name.equals(TABLE))
            .sorted()
            .toList();
    if (!others.isEmpty()) {
      throw new InvalidInputException(
          Text.format(
              "--out %s holds files that no history has written (%s%s); name a new folder.",
              out,
              String.join(", ", others.stream().limit(NAMED).toList()),
              others.size() > NAMED ? ", ..." : ""));
    }
  }

  private void requireFormat(String out, boolean isDelta) throws IOException {
    List<String> names =
        Arrays.stream(list(table())).map(entry -> entry.getPath().getName()).toList();
    if (names.contains(isDelta ? PARQUET : DELTA_LOG)) {
      throw new InvalidInputException(
          Text.format(
              isDelta
                  ? "The table in --out %s is Parquet; name another folder, or leave out --format"
                      + " delta."
                  : "The table in --out %s is a Delta table; name another folder, or add --format"
                      + " delta.",
              out));
    }
  }

  private FileStatus[] list(Path place) throws IOException {
    try {
      return files.listStatus(place);
    } catch (FileNotFoundException e) {
      return new FileStatus[0];
    }
  }

  /** The folder of the table. */
  public Path table() {
    return HadoopPaths.child(folder, TABLE);
  }

  /** Writes the table as Parquet. */
  public void writeParquet(RunsHistory history) throws IOException {
    replace(
        HadoopPaths.child(table(), PARQUET), HistoryParquet.write(HistoryColumns.rows(history)));
  }

  /** Writes the page. */
  public void writePage(RunsHistory history, HistoryOptions options) throws IOException {
    String page = HistoryHtml.render(history, options, folder);
    replace(HadoopPaths.child(folder, PAGE), page.getBytes(StandardCharsets.UTF_8));
  }

  private void replace(Path file, byte[] content) throws IOException {
    AtomicFiles.of(files, configuration).replace(file, content);
  }
}
