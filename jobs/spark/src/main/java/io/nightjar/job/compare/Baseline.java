package io.nightjar.job.compare;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.place.InputPlaces;
import io.nightjar.job.output.WrittenRun;
import io.nightjar.job.result.BaselineOutcome;
import io.nightjar.job.result.RunResult;
import io.nightjar.report.comparison.ComparisonOptions;
import io.nightjar.report.comparison.ComparisonReport;
import io.nightjar.report.comparison.FinishedRun;
import io.nightjar.report.comparison.Gate;
import io.nightjar.report.comparison.RunHistory;
import io.nightjar.report.comparison.output.ComparisonFiles;
import io.nightjar.text.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an evaluation is compared with when it has ended.
 *
 * @param location of a run, or {@code FOLDER/latest}
 * @param options how runs are compared
 * @param gate what the evaluation must not be
 */
public record Baseline(String location, ComparisonOptions options, Gate gate) {
  private static final Logger LOG = LoggerFactory.getLogger(Baseline.class);

  /**
   * A baseline that has been read.
   *
   * @param run empty where there is none yet
   * @param notes sentences about how it was found
   */
  public record Opened(Baseline baseline, Optional<FinishedRun> run, List<String> notes) {

    /** Keeps the run apart from where results are written. */
    public void addTo(InputPlaces inputs) {
      run.ifPresent(found -> inputs.folder("--baseline", found.uri()));
    }

    /**
     * Compares the run that has ended, and writes the files of the comparison next to its results.
     * What goes wrong is reported in the outcome: it costs no result.
     *
     * @param out the folder of the run
     */
    public BaselineOutcome compare(String out, Configuration configuration) {
      if (run.isEmpty()) {
        return BaselineOutcome.none(String.join(" ", notes));
      }
      try {
        ComparisonReport report =
            ComparisonReport.of(
                run.get(),
                List.of(FinishedRun.read(out, configuration)),
                baseline.options,
                baseline.gate,
                notes);
        ComparisonFiles.write(report, out, configuration);
        return BaselineOutcome.of(report);
      } catch (InvalidInputException e) {
        return BaselineOutcome.refused(e.getMessage());
      } catch (IOException | RuntimeException e) {
        LOG.error("The comparison with {} broke", run.get().uri(), e);
        return BaselineOutcome.refused(
            Text.format("The comparison with %s broke: %s.", run.get().uri(), e));
      }
    }
  }

  /**
   * A run that has ended, compared with the baseline where one was named; its page then says how.
   *
   * @param before the baseline as it was found before the work
   * @param out the folder of the run
   */
  public static RunResult compared(
      Optional<Opened> before, WrittenRun written, String out, Configuration configuration) {
    RunResult result = new RunResult(written.report(), written.comparison(), out);
    if (before.isEmpty()) {
      return result;
    }
    BaselineOutcome outcome = before.get().compare(out, configuration);
    written.addToPage(BaselineInWords.of(outcome), out, configuration);
    return result.comparedWith(outcome);
  }

  /** The options by their names on the command line. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("baseline", location);
    map.putAll(options.asMap());
    map.putAll(gate.asMap());
    return map;
  }

  /**
   * Reads the baseline.
   *
   * @param out the folder of the evaluation, which is not its own baseline
   * @param data where the data of the evaluation is
   * @throws InvalidInputException if the run that is named cannot be used
   */
  public Opened open(String out, String data, Configuration configuration) {
    if (!RunHistory.isLatest(location)) {
      return new Opened(this, Optional.of(FinishedRun.read(location, configuration)), List.of());
    }
    RunHistory history =
        RunHistory.of(
            location,
            Optional.of(out),
            Optional.of(HadoopPaths.qualified(data, configuration)),
            configuration);
    List<String> notes = new ArrayList<>(history.passedOver());
    if (history.newest().isEmpty()) {
      notes.add(
          Text.format(
              "There is no finished run for --baseline %s yet, so that nothing was compared.",
              location));
    }
    return new Opened(
        this, history.newest().map(uri -> FinishedRun.read(uri, configuration)), notes);
  }
}
