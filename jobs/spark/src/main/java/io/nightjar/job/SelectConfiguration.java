package io.nightjar.job;

import io.nightjar.error.InvalidInputException;
import io.nightjar.job.run.ActionLog;
import io.nightjar.report.comparison.FinishedRun;
import io.nightjar.report.sweep.ConfigurationOutcome;
import io.nightjar.report.sweep.SweepAnalysis;
import io.nightjar.report.sweep.SweepOptions;
import io.nightjar.report.sweep.SweepReport;
import io.nightjar.report.sweep.SweptConfiguration;
import io.nightjar.report.sweep.output.SweepFiles;
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
 * Chooses among finished runs of {@link EvaluateDataset} that evaluated one data set in several
 * configurations: on one half of the test images, with the figure taken on the other; and compares
 * each with the plain method. No Spark job runs and no image is read: everything comes from what
 * the runs kept of their test images.
 *
 * <pre>{@code
 * SweepReport report =
 *     new SelectConfiguration(configuration)
 *         .data("s3a://factory/mvtec_ad")
 *         .evaluated(new SweptConfiguration("plain", Map.of("smoothing", "0")), "s3a://factory/a")
 *         .evaluated(new SweptConfiguration("smooth", Map.of("smoothing", "4")), "s3a://factory/b")
 *         .out("s3a://factory/sweep")
 *         .execute();
 * }</pre>
 */
public final class SelectConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(SelectConfiguration.class);

  private final Configuration configuration;
  private final Map<SweptConfiguration, String> evaluated = new LinkedHashMap<>();
  private final Map<SweptConfiguration, String> failed = new LinkedHashMap<>();
  private String data = "";
  private SweepOptions options = SweepOptions.DEFAULT;
  private Optional<String> out = Optional.empty();

  /**
   * Creates a selection with default options; nothing is read before {@link #execute}.
   *
   * @param configuration names the file systems of the runs, and their keys
   */
  public SelectConfiguration(Configuration configuration) {
    this.configuration = Objects.requireNonNull(configuration, "configuration");
  }

  /**
   * Says which data set was evaluated, for the report.
   *
   * @param location of the data set
   * @return this action
   */
  public SelectConfiguration data(String location) {
    this.data = location;
    return this;
  }

  /**
   * Adds an evaluation. The plain method is the configuration of the name {@link
   * SweptConfiguration#PLAIN}.
   *
   * @param of which configuration
   * @param location the folder of its run
   * @return this action
   */
  public SelectConfiguration evaluated(SweptConfiguration of, String location) {
    evaluated.put(of, location);
    return this;
  }

  /**
   * Adds a configuration that could not be evaluated, for the report.
   *
   * @param of which configuration
   * @param reason why, in a sentence
   * @return this action
   */
  public SelectConfiguration failed(SweptConfiguration of, String reason) {
    failed.put(of, reason);
    return this;
  }

  /**
   * Sets how a configuration is chosen and compared.
   *
   * @param selection halves, figure, tests
   * @return this action
   */
  public SelectConfiguration options(SweepOptions selection) {
    this.options = selection;
    return this;
  }

  /**
   * Writes {@code sweep.json}, {@code sweep.csv} and {@code sweep.html}; without a folder the
   * report is only returned.
   *
   * @param folder on any Hadoop file system; files of an earlier sweep are replaced
   * @return this action
   */
  public SelectConfiguration out(String folder) {
    this.out = Optional.of(folder);
    return this;
  }

  /**
   * Reads the runs, chooses and compares.
   *
   * @return what was found; a run that cannot be read is among the failed configurations
   * @throws InvalidInputException if there is no run that can be read, or the folder cannot be used
   */
  public SweepReport execute() {
    return ActionLog.of(
        LOG, "SelectConfiguration", describe(), this::select, SweepReport::sentence);
  }

  private SweepReport select() {
    out.ifPresent(folder -> SweepFiles.requireOwn(folder, configuration));
    List<ConfigurationOutcome> outcomes = new ArrayList<>();
    evaluated.forEach((of, location) -> outcomes.add(read(of, location)));
    failed.forEach((of, reason) -> outcomes.add(ConfigurationOutcome.failed(of, reason)));
    SweepReport report = SweepAnalysis.of(data, outcomes, options);
    out.ifPresent(folder -> write(report, folder));
    return report;
  }

  private ConfigurationOutcome read(SweptConfiguration of, String location) {
    try {
      return ConfigurationOutcome.of(of, FinishedRun.read(location, configuration));
    } catch (InvalidInputException e) {
      return ConfigurationOutcome.failed(of, e.getMessage());
    }
  }

  private void write(SweepReport report, String folder) {
    try {
      SweepFiles.write(report, folder, configuration);
    } catch (IOException e) {
      throw new UncheckedIOException("The sweep cannot be written to " + folder, e);
    }
  }

  /**
   * All that the selection was given, by the names of the command line's options.
   *
   * @return values by name, in a fixed order; the caller may change the map
   */
  public Map<String, Object> describe() {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("data", data);
    Map<String, String> runs = new LinkedHashMap<>();
    evaluated.forEach((of, location) -> runs.put(of.name(), location));
    given.put("configurations", runs);
    given.putAll(options.asMap());
    out.ifPresent(folder -> given.put("out", folder));
    return given;
  }
}
