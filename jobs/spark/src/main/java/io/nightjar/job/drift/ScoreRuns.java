package io.nightjar.job.drift;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.BoundedFiles;
import io.nightjar.io.place.PlaceFault;
import io.nightjar.job.ScoreImages;
import io.nightjar.report.CategoryDistribution;
import io.nightjar.report.json.DistributionJson;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.text.Text;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Finds the finished runs of {@link ScoreImages}. */
public record ScoreRuns(Configuration configuration) {

  /**
   * The runs, from the oldest to the newest, each once.
   *
   * @param locations each a run's folder, or a folder of such
   * @throws InvalidInputException if one holds no finished run, or a file of a run cannot be used
   */
  public List<ScoreRun> find(List<String> locations) {
    Map<String, ScoreRun> runs = new TreeMap<>();
    for (String location : locations) {
      try {
        for (Path folder : folders(location)) {
          ScoreRun run = read(folder);
          if (!run.distributions().isEmpty()) {
            runs.put(run.uri(), run);
          }
        }
      } catch (IOException | IllegalArgumentException e) {
        throw PlaceFault.refused("The runs in %s cannot be read: %s", location, e);
      }
    }
    if (runs.isEmpty()) {
      throw new InvalidInputException(
          Text.format("No run in %s has any scores.", String.join(", ", locations)));
    }
    return runs.values().stream()
        .sorted(Comparator.comparing(ScoreRun::started).thenComparing(ScoreRun::uri))
        .toList();
  }

  private List<Path> folders(String location) throws IOException {
    Path path = new Path(location);
    FileSystem files = path.getFileSystem(configuration);
    Path folder = files.makeQualified(path);
    if (isRun(folder, files)) {
      return List.of(folder);
    }
    List<Path> runs = new ArrayList<>();
    for (FileStatus entry : list(folder, files)) {
      if (entry.isDirectory() && isRun(entry.getPath(), files)) {
        runs.add(entry.getPath());
      }
    }
    if (runs.isEmpty()) {
      throw new InvalidInputException(
          Text.format(
                  "There is no finished run of nightjar score in %s: neither the folder itself nor one in it",
                  location)
              + Text.format(" has a %s.", ReportFiles.SCORE_JSON));
    }
    return runs;
  }

  private static boolean isRun(Path folder, FileSystem files) throws IOException {
    return files.exists(new Path(folder, ReportFiles.SCORE_JSON));
  }

  private static FileStatus[] list(Path folder, FileSystem files) throws IOException {
    try {
      return files.listStatus(folder);
    } catch (FileNotFoundException e) {
      throw new InvalidInputException(Text.format("There is no folder %s.", folder), e);
    }
  }

  private ScoreRun read(Path folder) throws IOException {
    FileSystem files = folder.getFileSystem(configuration);
    Path distributions = new Path(folder, ReportFiles.DISTRIBUTIONS);
    List<CategoryDistribution> categories = new ArrayList<>();
    if (files.exists(distributions)) {
      for (FileStatus file : files.listStatus(distributions)) {
        if (file.isFile() && file.getPath().getName().endsWith(".json")) {
          categories.add(distribution(file.getPath(), files));
        }
      }
    }
    return new ScoreRun(folder.toString(), categories);
  }

  /**
   * Reads the scores of one category.
   *
   * @throws InvalidInputException if the file is none that {@link DistributionJson} wrote
   */
  static CategoryDistribution distribution(Path file, FileSystem files) throws IOException {
    byte[] content = BoundedFiles.read(files, file, ReportFiles.LARGEST_DOCUMENT);
    try {
      return DistributionJson.read(new String(content, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          Text.format("The scores in %s cannot be used: %s.", file, e.getMessage()), e);
    }
  }
}
