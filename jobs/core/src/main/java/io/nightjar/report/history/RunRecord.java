package io.nightjar.report.history;

import io.nightjar.report.FailedCategory;
import io.nightjar.report.ReportedMetric;
import io.nightjar.report.comparison.Setting;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a history keeps of a finished run.
 *
 * @param path of its folder, relative to the folder of all runs; empty for that folder itself
 * @param started when it began, as its record has it: an instant
 * @param wallSeconds how long it took, in seconds; 0 where its record does not say
 * @param fingerprints of the files that were read, by category
 * @param settings what its record says of options, network, versions and the place of the data
 * @param categories those with a result
 * @param failed those without one, with the reason
 * @param quarantined how many files it left out
 * @param leftOut the first 100 of them at most
 */
public record RunRecord(
    String path,
    String started,
    double wallSeconds,
    Map<String, String> fingerprints,
    Map<String, String> settings,
    List<Category> categories,
    List<Failure> failed,
    int quarantined,
    List<LeftOut> leftOut) {
  /** Quarantined files that are kept of a run. */
  static final int MOST_LEFT_OUT = 100;

  private static final String VERSION = "versions.nightjar";
  private static final String WEIGHTS = "backbone.weights_sha256";

  /**
   * Takes unchangeable copies.
   *
   * @param path of its folder, relative to the folder of all runs; empty for that folder itself
   * @param started when it began, as its record has it: an instant
   * @param wallSeconds how long it took, in seconds; 0 where its record does not say
   * @param fingerprints of the files that were read, by category
   * @param settings what its record says of options, network, versions and the place of the data
   * @param categories those with a result
   * @param failed those without one, with the reason
   * @param quarantined how many files it left out
   * @param leftOut the first 100 of them at most
   */
  public RunRecord {
    fingerprints = Map.copyOf(fingerprints);
    settings = Map.copyOf(settings);
    categories = List.copyOf(categories);
    failed = List.copyOf(failed);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * A category with a result.
   *
   * @param category its name
   * @param resolution where maps were compared with masks; empty where the run does not say
   * @param numbers counts, figures and bounds of intervals, by the names of the columns of {@code
   *     metrics.csv}; those that do not exist are absent
   */
  public record Category(String category, String resolution, Map<String, Double> numbers) {
    /**
     * Takes an unchangeable copy.
     *
     * @param category its name
     * @param resolution where maps were compared with masks; empty where the run does not say
     * @param numbers counts, figures and bounds of intervals, by the names of the columns of {@code
     *     metrics.csv}; those that do not exist are absent
     */
    public Category {
      numbers = Map.copyOf(numbers);
    }

    /**
     * One of the numbers.
     *
     * @param name of a column of {@code metrics.csv}, such as {@code bank_rows}
     * @return empty where the run has no such number
     */
    public OptionalDouble number(String name) {
      Double value = numbers.get(name);
      return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /**
     * A figure.
     *
     * @param figure which
     * @return empty where the run has none
     */
    public OptionalDouble number(ReportedMetric figure) {
      return number(figure.key());
    }
  }

  /**
   * A category without a result, as {@link FailedCategory}.
   *
   * @param category its name
   * @param reason why it failed, in a sentence
   */
  public record Failure(String category, String reason) {}

  /**
   * A quarantined file.
   *
   * @param category whose file it is
   * @param path where it is, as the run has it
   * @param reason what is wrong with it, in a sentence
   */
  public record LeftOut(String category, String path, String reason) {}

  /**
   * When it began, as a moment.
   *
   * @return of {@link #started}
   */
  public Instant start() {
    return Instant.parse(started);
  }

  /**
   * The name of its folder, for people.
   *
   * @return {@link #path}; a dot for the folder of all runs itself
   */
  public String name() {
    return path.isEmpty() ? "." : path;
  }

  /**
   * A category with a result.
   *
   * @param name of the category
   * @return empty where it failed or was not evaluated
   */
  public Optional<Category> category(String name) {
    return categories.stream().filter(one -> one.category.equals(name)).findFirst();
  }

  /**
   * Why a category has no result; empty where it has one or was not evaluated.
   *
   * @param name of the category
   * @return the reason in a sentence
   */
  public Optional<String> failure(String name) {
    return failed.stream()
        .filter(one -> one.category.equals(name))
        .map(Failure::reason)
        .findFirst();
  }

  /**
   * Where its data was; empty where its record does not say.
   *
   * @return a location in full, as the run recorded it
   */
  public String root() {
    return settings.getOrDefault(Setting.DATA, "");
  }

  /**
   * The version of the program; empty where its record does not say.
   *
   * @return as the record has it
   */
  public String version() {
    return settings.getOrDefault(VERSION, "");
  }

  /**
   * The hash of the weights; empty where there are none.
   *
   * @return SHA-256, 64 hex digits
   */
  public String weights() {
    return settings.getOrDefault(WEIGHTS, "");
  }
}
