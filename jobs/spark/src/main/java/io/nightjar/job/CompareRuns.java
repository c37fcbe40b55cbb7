package io.nightjar.job;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.place.InputPlaces;
import io.nightjar.job.folder.RunFolder;
import io.nightjar.job.run.ActionLog;
import io.nightjar.report.comparison.ComparisonOptions;
import io.nightjar.report.comparison.ComparisonReport;
import io.nightjar.report.comparison.FinishedRun;
import io.nightjar.report.comparison.Gate;
import io.nightjar.report.comparison.RunHistory;
import io.nightjar.report.comparison.output.ComparisonFiles;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares finished runs of {@link EvaluateDataset} or {@link MeasureMaps} with a baseline: paired
 * differences of every figure with intervals and verdicts, and a gate. No Spark job runs.
 *
 * <pre>{@code
 * ComparisonReport report =
 *     new CompareRuns(configuration)
 *         .baseline("s3a://factory/runs/2026-11-20")
 *         .candidates(List.of("s3a://factory/runs/2026-11-21"))
 *         .out("s3a://factory/comparisons/2026-11-21")
 *         .execute();
 * }</pre>
 */
public final class CompareRuns {
  private static final Logger LOG = LoggerFactory.getLogger(CompareRuns.class);

  private final Configuration configuration;
  private String baseline;
  private List<String> candidates = List.of();
  private ComparisonOptions options = ComparisonOptions.DEFAULT;
  private Gate gate = Gate.DEFAULT;
  private Optional<String> out = Optional.empty();
  private boolean overwrite;

  /**
   * Creates a comparison with default options; nothing is read before {@link #execute}.
   *
   * @param configuration names the file systems of the runs, and their keys
   */
  public CompareRuns(Configuration configuration) {
    this.configuration = Objects.requireNonNull(configuration, "configuration");
  }

  /**
   * Sets the run to compare with.
   *
   * @param location its folder, or {@code FOLDER/latest} for the newest run in a folder of runs
   * @return this action
   */
  public CompareRuns baseline(String location) {
    this.baseline = location;
    return this;
  }

  /**
   * Sets the runs to compare.
   *
   * @param locations each the folder of a run, or {@code FOLDER/latest}
   * @return this action
   */
  public CompareRuns candidates(List<String> locations) {
    this.candidates = List.copyOf(locations);
    return this;
  }

  /**
   * Sets how runs are compared.
   *
   * @param comparison tolerance, level, resamples, deciding figures, and what may differ
   * @return this action
   */
  public CompareRuns options(ComparisonOptions comparison) {
    this.options = comparison;
    return this;
  }

  /**
   * Sets what a candidate must not be.
   *
   * @param rules largest drops of figures, and what does not pass
   * @return this action
   */
  public CompareRuns gate(Gate rules) {
    this.gate = rules;
    return this;
  }

  /**
   * Writes {@code compare.json}, {@code compare.html}, {@code compare.md} and {@code
   * compare-junit.xml}; without a folder the report is only returned.
   *
   * @param folder on any Hadoop file system
   * @return this action
   */
  public CompareRuns out(String folder) {
    this.out = Optional.of(folder);
    return this;
  }

  /**
   * Replaces the results that {@link #out} already holds.
   *
   * @param replace whether to replace them; otherwise such a folder is refused
   * @return this action
   */
  public CompareRuns overwrite(boolean replace) {
    this.overwrite = replace;
    return this;
  }

  /**
   * Compares the runs.
   *
   * @return the comparison of each candidate, and what the gate says of it
   * @throws InvalidInputException if a run is not there, cannot be read, or cannot be compared with
   *     the baseline
   */
  public ComparisonReport execute() {
    if (baseline == null || candidates.isEmpty()) {
      throw new InvalidInputException("Name the baseline and the runs to compare with it.");
    }
    return ActionLog.of(LOG, "CompareRuns", describe(), this::compare, ComparisonReport::sentence);
  }

  private ComparisonReport compare() {
    List<String> notes = new ArrayList<>();
    String base = resolved(baseline, notes);
    List<String> others = new ArrayList<>();
    for (String candidate : candidates) {
      others.add(resolved(candidate, notes));
    }
    InputPlaces inputs = new InputPlaces(configuration).folder("the baseline", base);
    others.forEach(candidate -> inputs.folder("the candidate", candidate));
    out.ifPresent(folder -> inputs.requireApart("--out", folder));
    ComparisonReport report =
        ComparisonReport.of(
            FinishedRun.read(base, configuration),
            others.stream().map(candidate -> FinishedRun.read(candidate, configuration)).toList(),
            options,
            gate,
            notes);
    out.ifPresent(folder -> write(report, folder, inputs));
    return report;
  }

  private String resolved(String location, List<String> notes) {
    if (!RunHistory.isLatest(location)) {
      return location;
    }
    RunHistory history = RunHistory.of(location, Optional.empty(), Optional.empty(), configuration);
    notes.addAll(history.passedOver());
    return history
        .newest()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    Text.format(
                        "There is no finished run for %s. %s",
                        location, String.join(" ", history.passedOver()))));
  }

  private void write(ComparisonReport report, String folder, InputPlaces inputs) {
    try (RunFolder claimed = RunFolder.claim(folder, overwrite, inputs, configuration)) {
      ComparisonFiles.write(report, claimed.location(), configuration);
      claimed.publish();
    } catch (IOException e) {
      throw new UncheckedIOException("The comparison cannot be written to " + folder, e);
    }
  }

  /**
   * All that the comparison was given, by the names of the command line's options.
   *
   * @return values by name, in a fixed order; the caller may change the map
   */
  public Map<String, Object> describe() {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("baseline", baseline);
    given.put("candidates", candidates);
    given.putAll(options.asMap());
    given.putAll(gate.asMap());
    out.ifPresent(folder -> given.put("out", folder));
    given.put("overwrite", overwrite);
    return given;
  }
}
