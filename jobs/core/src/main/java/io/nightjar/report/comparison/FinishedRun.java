package io.nightjar.report.comparison;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.BoundedFiles;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.PlainFiles;
import io.nightjar.io.place.PlaceFault;
import io.nightjar.json.JsonDocument;
import io.nightjar.metric.sample.CategorySample;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.RunInfo;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.text.Text;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A finished run of {@code evaluate} or {@code metrics}.
 *
 * @param uri of its folder
 * @param report every figure of the run
 * @param formulas of the figures, by their names
 * @param samples what each test image was counted as, by category; those that the run kept
 */
public record FinishedRun(
    String uri,
    EvaluationReport report,
    Map<String, String> formulas,
    Map<String, CategorySample> samples) {

  /**
   * Takes unchangeable copies.
   *
   * @param uri of its folder
   * @param report every figure of the run
   * @param formulas of the figures, by their names
   * @param samples what each test image was counted as, by category; those that the run kept
   */
  public FinishedRun {
    formulas = Map.copyOf(formulas);
    samples = Map.copyOf(samples);
  }

  /**
   * Reads a run.
   *
   * @param location of its folder, on any Hadoop file system
   * @param configuration of the file systems
   * @return the run, with its samples where it kept any
   * @throws InvalidInputException if it holds no finished run, or a file of it cannot be used
   */
  public static FinishedRun read(String location, Configuration configuration) {
    try {
      Path folder = HadoopPaths.parse(location);
      FileSystem files = PlainFiles.of(folder, configuration);
      Path metrics = HadoopPaths.child(folder, ReportFiles.METRICS_JSON);
      Map<String, String> formulas = formulas(files, metrics, location);
      ReportFiles results = new ReportFiles(location, configuration);
      EvaluationReport report = results.read();
      Map<String, CategorySample> samples = new LinkedHashMap<>();
      for (CategoryResult category : report.categories()) {
        results
            .readSample(category.category())
            .ifPresent(sample -> samples.put(category.category(), sample));
      }
      return new FinishedRun(files.makeQualified(folder).toString(), report, formulas, samples);
    } catch (FileNotFoundException e) {
      throw new InvalidInputException(
          Text.format(
              "There is no finished run in %s: it has no %s, which a run writes last. Name the"
                  + " folder of a run of evaluate or metrics that has ended.",
              location, ReportFiles.METRICS_JSON),
          e);
    } catch (IOException | IllegalArgumentException e) {
      throw PlaceFault.refused("The run in %s cannot be read: %s", location, e);
    }
  }

  private static Map<String, String> formulas(FileSystem files, Path metrics, String location)
      throws IOException {
    byte[] content = BoundedFiles.read(files, metrics, ReportFiles.LARGEST_DOCUMENT);
    try {
      Map<String, String> formulas = new LinkedHashMap<>();
      JsonDocument.parse(new String(content, StandardCharsets.UTF_8))
          .entries("definitions")
          .forEach((name, definition) -> formulas.put(name, definition.text("formula")));
      return formulas;
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          Text.format(
              "The report in %s cannot be read. %s cannot be used: %s.",
              location, ReportFiles.METRICS_JSON, e.getMessage()),
          e);
    }
  }

  /**
   * When the run began, as its record has it; empty where it does not say.
   *
   * @return an instant as ISO 8601 has it
   */
  public String started() {
    return report.run().details().get("started") instanceof String text ? text : "";
  }

  /**
   * How long the run took, in seconds; NaN where it does not say.
   *
   * @return at least 0, or NaN
   */
  public double wallSeconds() {
    return report.run().details().get(RunInfo.WALL_SECONDS) instanceof Number seconds
        ? seconds.doubleValue()
        : Double.NaN;
  }

  /**
   * The result of a category.
   *
   * @param name of the category
   * @return empty where it failed or was not evaluated
   */
  public Optional<CategoryResult> category(String name) {
    return report.categories().stream().filter(c -> c.category().equals(name)).findFirst();
  }

  /**
   * Why a category has no result; empty where it has one or was not evaluated.
   *
   * @param name of the category
   * @return the reason in a sentence
   */
  public Optional<String> failure(String name) {
    return report.failed().stream()
        .filter(failed -> failed.category().equals(name))
        .map(failed -> failed.reason())
        .findFirst();
  }

  /** The SHA-256 over the names and contents of all files that a category was read from. */
  Optional<String> fingerprint(String category) {
    return report.run().details().get("data") instanceof Map<?, ?> data
            && data.get("sha256_by_category") instanceof Map<?, ?> hashes
            && hashes.get(category) instanceof String hash
        ? Optional.of(hash)
        : Optional.empty();
  }

  /** Whether it compared with banks that were built before, and read no normal images itself. */
  boolean hasStoredBank() {
    return report.run().details().get("options") instanceof Map<?, ?> options
        && options.get("bank") != null;
  }

  /**
   * The number of files that were left out, in all categories.
   *
   * @return images; masks and maps of theirs are not counted
   */
  public int quarantined() {
    return report.quarantines().mapToInt(left -> left.files().size()).sum();
  }
}
