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
 * @param wallSeconds how long it took; 0 where its record does not say
 * @param fingerprints of the files that were read, by category
 * @param settings what its record says of options, network, versions and the place of the data
 * @param categories those with a result
 * @param failed those without one, with the reason
 * @param quarantined how many files it left out
 * @param leftOut the first of them
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

  /** Takes unchangeable copies. */
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
   * @param resolution where maps were compared with masks; empty where the run does not say
   * @param numbers counts, figures and bounds of intervals, by the names of the columns of {@code
   *     metrics.csv}; those that do not exist are absent
   */
  public record Category(String category, String resolution, Map<String, Double> numbers) {
    /** Takes an unchangeable copy. */
    public Category {
      numbers = Map.copyOf(numbers);
    }

    /** One of the numbers. */
    public OptionalDouble number(String name) {
      Double value = numbers.get(name);
      return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** A figure. */
    public OptionalDouble number(ReportedMetric figure) {
      return number(figure.key());
    }
  }

  /** A category without a result, as {@link FailedCategory}. */
  public record Failure(String category, String reason) {}

  /** A quarantined file. */
  public record LeftOut(String category, String path, String reason) {}

  /** When it began. */
  public Instant start() {
    return Instant.parse(started);
  }

  /** The name of its folder, for people. */
  public String name() {
    return path.isEmpty() ? "." : path;
  }

  /** A category with a result. */
  public Optional<Category> category(String name) {
    return categories.stream().filter(one -> one.category.equals(name)).findFirst();
  }

  /** Why a category has no result; empty where it has one or was not evaluated. */
  public Optional<String> failure(String name) {
    return failed.stream()
        .filter(one -> one.category.equals(name))
        .map(Failure::reason)
        .findFirst();
  }

  /** Where its data was; empty where its record does not say. */
  public String root() {
    return settings.getOrDefault(Setting.DATA, "");
  }

  /** The version of the program; empty where its record does not say. */
  public String version() {
    return settings.getOrDefault(VERSION, "");
  }

  /** The hash of the weights; empty where there are none. */
  public String weights() {
    return settings.getOrDefault(WEIGHTS, "");
  }
}
