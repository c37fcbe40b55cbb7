package io.nightjar.report.table;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.BoundedFiles;
import io.nightjar.io.FolderFiles;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.ObjectStores;
import io.nightjar.io.PlainFiles;
import io.nightjar.io.PlainName;
import io.nightjar.io.StorageRetry;
import io.nightjar.metric.sample.CategorySample;
import io.nightjar.metric.sample.SampleFile;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.CategoryScores;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.ScoringReport;
import io.nightjar.report.VisualizationRef;
import io.nightjar.report.drift.DriftReport;
import io.nightjar.report.html.HtmlReport;
import io.nightjar.report.json.DistributionJson;
import io.nightjar.report.json.DriftJson;
import io.nightjar.report.json.JsonReport;
import io.nightjar.report.json.ScoreJson;
import io.nightjar.report.page.PageContext;
import io.nightjar.report.published.Comparison;
import io.nightjar.text.Text;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The files of a report in a folder of any Hadoop file system. A file appears whole or not at all:
 * it is written under another name and renamed, or, on an object store, becomes visible when it is
 * complete.
 */
public final class ReportFiles {
  public static final String METRICS_JSON = "metrics.json";
  public static final String METRICS_CSV = "metrics.csv";
  public static final String GROUPS_CSV = "groups.csv";
  public static final String RUN_JSON = "run.json";
  public static final String HTML = "report.html";

  public static final String SCORE_JSON = "score.json";
  public static final String SCORES_CSV = "scores.csv";
  public static final String DRIFT_JSON = "drift.json";

  public static final String COMPARE_JSON = "compare.json";
  public static final String COMPARE_HTML = "compare.html";
  public static final String COMPARE_MD = "compare.md";
  public static final String COMPARE_JUNIT = "compare-junit.xml";

  /** The folder of the scores that drift compares, a file for each category. */
  public static final String DISTRIBUTIONS = "distributions";

  /** The folder of the curves, a file for each category. */
  public static final String CURVES = "curves";

  /** The folder of what each test image was counted as, a file for each category. */
  public static final String SAMPLES = "samples";

  /** Curves and scores of a category are some numbers for each image. */
  public static final long LARGEST_DOCUMENT = 1L << 30;

  private final Path directory;
  private final FileSystem files;
  private final StorageRetry retry;

  /**
   * @param directory a path or URI; it need not exist
   * @throws IOException when its file system cannot be reached
   */
  public ReportFiles(String directory, Configuration conf) throws IOException {
    this.directory = new Path(directory);
    this.files = PlainFiles.of(this.directory, conf);
    this.retry = StorageRetry.of(conf);
  }

  /**
   * Writes the {@value #CURVES}, {@value #METRICS_CSV}, where images are in groups {@value
   * #GROUPS_CSV}, {@value #HTML}, {@value #RUN_JSON} and, last, {@value #METRICS_JSON}: where that
   * one exists, the others are complete. {@value #RUN_JSON} names all files that the folder then
   * holds.
   *
   * @param visualizations those that {@link #writeVisualization} stored
   */
  public void write(
      EvaluationReport report, Comparison comparison, List<VisualizationRef> visualizations)
      throws IOException {
    writePage(report, comparison, PageContext.of(visualizations));
    writeFigures(report);
  }

  /** Writes what {@link #write} writes, but for the page. */
  public void writeFigures(EvaluationReport report) throws IOException {
    for (CategoryResult category : report.categories()) {
      write(ofCategory(CURVES, category.category()), JsonReport.curves(category));
    }
    write(METRICS_CSV, CsvReport.metrics(report));
    Optional<String> groups = CsvReport.groups(report);
    if (groups.isPresent()) {
      write(GROUPS_CSV, groups.get());
    }
    write(RUN_JSON, JsonReport.run(report, manifest(METRICS_JSON)));
    write(METRICS_JSON, JsonReport.metrics(report));
  }

  /**
   * Writes {@value #HTML}.
   *
   * @param context what it shows next to the figures
   */
  public void writePage(EvaluationReport report, Comparison comparison, PageContext context)
      throws IOException {
    write(HTML, HtmlReport.render(report, comparison, context));
  }

  /**
   * Writes the {@value #DISTRIBUTIONS}, {@value #SCORES_CSV}, {@value #RUN_JSON} and, last, {@value
   * #SCORE_JSON}: where that one exists, the others are complete. {@value #RUN_JSON} names all
   * files that the folder then holds.
   */
  public void write(ScoringReport report) throws IOException {
    for (CategoryScores category : report.categories()) {
      write(
          ofCategory(DISTRIBUTIONS, category.category()),
          DistributionJson.write(category.distribution(report.started())));
    }
    write(SCORES_CSV, CsvReport.scores(report));
    write(RUN_JSON, ScoreJson.run(report, manifest(SCORE_JSON)));
    write(SCORE_JSON, ScoreJson.scores(report));
  }

  /** Writes {@value #DRIFT_JSON}. */
  public void write(DriftReport report) throws IOException {
    write(DRIFT_JSON, DriftJson.write(report));
  }

  /** Stores a visualization under its path relative to the report. */
  public void writeVisualization(String relativePath, byte[] png) throws IOException {
    write(relativePath, png);
  }

  /** Stores what each test image of a category was counted as. */
  public void writeSample(CategorySample sample) throws IOException {
    write(sampleOf(sample.category()), SampleFile.write(sample));
  }

  private static String sampleOf(String category) {
    return SAMPLES + "/" + PlainName.of("category", category) + ".bin";
  }

  /**
   * What {@link #writeSample} stored of a category.
   *
   * @return empty where the run kept nothing, as those of earlier programs
   * @throws InvalidInputException if the file cannot be used, which it names
   */
  public Optional<CategorySample> readSample(String category) throws IOException {
    Path file = HadoopPaths.child(directory, sampleOf(category));
    byte[] content;
    try {
      content = BoundedFiles.read(files, file, LARGEST_DOCUMENT);
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
    try {
      return Optional.of(SampleFile.read(content));
    } catch (IOException e) {
      throw new InvalidInputException(
          Text.format(
              "The file %s cannot be used: %s. Restore it, or delete it to compare without it.",
              file, e.getMessage()),
          e);
    }
  }

  /**
   * The report that {@link #write} stored here.
   *
   * @throws InvalidInputException if a file is absent or cannot be used, which it names
   */
  public EvaluationReport read() throws IOException {
    try {
      String metrics = readText(METRICS_JSON);
      Map<String, String> curves = new LinkedHashMap<>();
      for (String category : JsonReport.categories(metrics)) {
        curves.put(category, readText(ofCategory(CURVES, category)));
      }
      return JsonReport.read(metrics, readText(RUN_JSON), curves);
    } catch (FileNotFoundException e) {
      throw new InvalidInputException(
          Text.format(
              "The report in %s is not complete: %s. Name the folder of a finished run.",
              directory, e.getMessage()),
          e);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          Text.format("The report in %s cannot be read. %s.", directory, e.getMessage()), e);
    }
  }

  /** What the folder holds, and the two files that a run writes last; sorted. */
  private List<String> manifest(String last) throws IOException {
    SortedSet<String> names = new TreeSet<>(FolderFiles.list(files, directory));
    names.add(RUN_JSON);
    names.add(last);
    return List.copyOf(names);
  }

  private static String ofCategory(String folder, String category) {
    return folder + "/" + PlainName.of("category", category) + ".json";
  }

  /** Stores a text under its path relative to the folder. */
  public void write(String name, String text) throws IOException {
    write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Stores a file under its path relative to the folder. */
  public void write(String name, byte[] content) throws IOException {
    Path target = HadoopPaths.child(directory, name);
    if (ObjectStores.isOne(files)) {
      create(target, content);
      return;
    }
    Path temporary =
        HadoopPaths.child(
            target.getParent(), "." + target.getName() + "." + UUID.randomUUID() + ".tmp");
    try {
      create(temporary, content);
      replace(temporary, target);
    } finally {
      files.delete(temporary, false);
    }
  }

  private void create(Path path, byte[] content) throws IOException {
    retry.call(
        "written",
        path.toString(),
        () -> {
          try (OutputStream out = files.create(path, true)) {
            out.write(content);
          }
          return path;
        });
  }

  private void replace(Path temporary, Path target) throws IOException {
    if (!files.getUri().getScheme().equals("file")) {
      files.delete(target, false); // only a local rename replaces the file that is there
    }
    if (!files.rename(temporary, target)) {
      throw new IOException(
          Text.format(
              "Cannot rename %s to %s; check the permissions of %s",
              temporary.getName(), target, target.getParent()));
    }
  }

  private String readText(String name) throws IOException {
    return new String(
        BoundedFiles.read(files, HadoopPaths.child(directory, name), LARGEST_DOCUMENT),
        StandardCharsets.UTF_8);
  }
}
