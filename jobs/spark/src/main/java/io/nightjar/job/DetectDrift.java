package io.nightjar.job;

import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.place.InputPlaces;
import io.nightjar.job.drift.DriftOfCategory;
import io.nightjar.job.drift.ScoreRun;
import io.nightjar.job.drift.ScoreRuns;
import io.nightjar.job.folder.RunFolder;
import io.nightjar.job.run.ActionLog;
import io.nightjar.metric.drift.DriftLimits;
import io.nightjar.report.drift.CategoryDrift;
import io.nightjar.report.drift.DriftReport;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports how far the scores of runs of {@link ScoreImages} have moved from the bank's own ({@link
 * io.nightjar.bank.store.ReferenceScores}). No image is read and no Spark job runs; runs must be of
 * mostly normal images, since defects move scores, too.
 *
 * <pre>{@code
 * DriftReport report =
 *     new DetectDrift(configuration)
 *         .bank("s3a://factory/banks")
 *         .runs(List.of("s3a://factory/scores"))
 *         .execute();
 * }</pre>
 */
public final class DetectDrift {
  private static final Logger LOG = LoggerFactory.getLogger(DetectDrift.class);

  private final Configuration configuration;
  private String bank;
  private List<String> runs = List.of();
  private List<String> baseline = List.of();
  private List<String> only = List.of();
  private DriftLimits limits = DriftLimits.DEFAULT;
  private Optional<String> out = Optional.empty();
  private boolean overwrite;

  /**
   * Creates a comparison with default limits; nothing is read before {@link #execute}.
   *
   * @param configuration names the file systems
   */
  public DetectDrift(Configuration configuration) {
    this.configuration = Objects.requireNonNull(configuration, "configuration");
  }

  /**
   * Sets the bank whose scores are the reference.
   *
   * @param location a folder of banks by category, or one bank; {@code URI} or {@code URI@VERSION}
   * @return this action
   */
  public DetectDrift bank(String location) {
    this.bank = location;
    return this;
  }

  /**
   * Sets the runs to compare; they are taken in the order in which they began.
   *
   * @param locations each the folder of a run, or a folder of such
   * @return this action
   */
  public DetectDrift runs(List<String> locations) {
    this.runs = List.copyOf(locations);
    return this;
  }

  /**
   * Runs of normal images whose scores are the reference, instead of the bank's own.
   *
   * @param locations each the folder of a run, or a folder of such; empty for the bank's own
   *     scores. A run here is not compared, even where {@link #runs} names it.
   * @return this action
   */
  public DetectDrift baseline(List<String> locations) {
    this.baseline = List.copyOf(locations);
    return this;
  }

  /**
   * Sets the categories to compare.
   *
   * @param names of categories; empty for the one of a single bank, or all that the runs have
   * @return this action
   */
  public DetectDrift categories(List<String> names) {
    this.only = List.copyOf(names);
    return this;
  }

  /**
   * From where on a run counts as drifted.
   *
   * @param driftLimits of the population stability index and of the p-value of the
   *     Kolmogorov-Smirnov test
   * @return this action
   */
  public DetectDrift limits(DriftLimits driftLimits) {
    this.limits = driftLimits;
    return this;
  }

  /**
   * Writes {@code drift.json}; without a folder the report is only returned.
   *
   * @param folder on any Hadoop file system
   * @return this action
   */
  public DetectDrift out(String folder) {
    this.out = Optional.of(folder);
    return this;
  }

  /**
   * Replaces the results that {@link #out} already holds.
   *
   * @param replace whether to replace them; otherwise a run into such a folder is refused
   * @return this action
   */
  public DetectDrift overwrite(boolean replace) {
    this.overwrite = replace;
    return this;
  }

  /**
   * Compares the scores of each category.
   *
   * @return the drift of each category, run by run
   * @throws InvalidInputException if there is no bank, no run, no reference, or nothing that can be
   *     compared
   */
  public DriftReport execute() {
    if (bank == null || runs.isEmpty()) {
      throw new InvalidInputException("Name the bank and the folder of the runs.");
    }
    return ActionLog.of(
        LOG,
        "DetectDrift",
        describe(),
        this::detect,
        report ->
            Text.format(
                "%s compared, %s",
                Text.counted(report.categories().size(), "category", "categories"),
                report.drifted() ? "scores have drifted" : "no drift"));
  }

  private DriftReport detect() {
    InputPlaces inputs = inputs();
    out.ifPresent(folder -> inputs.requireApart("--out", folder));
    ScoreRuns found = new ScoreRuns(configuration);
    List<ScoreRun> references = baseline.isEmpty() ? List.of() : found.find(baseline);
    Set<String> taken = references.stream().map(ScoreRun::uri).collect(Collectors.toSet());
    List<ScoreRun> compared =
        found.find(runs).stream().filter(run -> !taken.contains(run.uri())).toList();
    if (compared.isEmpty()) {
      throw new InvalidInputException(
          Text.format(
              "All runs in %s are the baseline; name runs to compare with it.",
              String.join(", ", runs)));
    }
    BankLocation root = BankLocation.parse(bank);
    Optional<StoredBank> single = StoredBank.find(root, configuration);
    List<CategoryDrift> categories =
        categories(compared, single).stream()
            .map(
                category -> {
                  StoredBank own =
                      single.orElseGet(
                          () -> StoredBank.open(root.category(category), configuration));
                  return new DriftOfCategory(category, own, references, limits, configuration)
                      .of(compared);
                })
            .toList();
    DriftReport report = new DriftReport(limits, categories);
    references.forEach(run -> inputs.folder("--baseline", run.uri()));
    compared.forEach(run -> inputs.folder("--runs", run.uri()));
    out.ifPresent(folder -> write(report, folder, inputs));
    return report;
  }

  /**
   * All that the comparison was given, by the names of the command line's options.
   *
   * @return values by name, in a fixed order; the caller may change the map
   */
  public Map<String, Object> describe() {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("bank", bank);
    given.put("runs", runs);
    given.put("baseline", baseline);
    given.put("category", only);
    given.put("psi_limit", limits.psi());
    given.put("ks_alpha", limits.alpha());
    out.ifPresent(folder -> given.put("out", folder));
    given.put("overwrite", overwrite);
    return given;
  }

  private List<String> categories(List<ScoreRun> compared, Optional<StoredBank> single) {
    Set<String> scored = new TreeSet<>();
    compared.forEach(run -> run.distributions().forEach(found -> scored.add(found.category())));
    List<String> asked =
        only.isEmpty() ? single.stream().map(one -> one.manifest().category()).toList() : only;
    for (String category : asked) {
      if (!scored.contains(category)) {
        throw new InvalidInputException(
            Text.format(
                "No run in %s has scores of category %s; they have those of %s.",
                String.join(", ", runs), category, String.join(", ", scored)));
      }
      if (single.isPresent() && !single.get().manifest().category().equals(category)) {
        throw new InvalidInputException(
            Text.format(
                "--bank %s is a bank of category %s, not %s.",
                bank, single.get().manifest().category(), category));
      }
    }
    return asked.isEmpty() ? List.copyOf(scored) : asked;
  }

  /** A folder of runs may hold the report, too, but a run may not. */
  private InputPlaces inputs() {
    InputPlaces inputs =
        new InputPlaces(configuration).folder("--bank", BankLocation.parse(bank).uri());
    baseline.forEach(location -> inputs.searched("--baseline", location));
    runs.forEach(location -> inputs.searched("--runs", location));
    return inputs;
  }

  private void write(DriftReport report, String folder, InputPlaces inputs) {
    try (RunFolder claimed = RunFolder.claim(folder, overwrite, inputs, configuration)) {
      new ReportFiles(claimed.location(), configuration).write(report);
      claimed.publish();
    } catch (IOException e) {
      throw new UncheckedIOException("The report cannot be written to " + folder, e);
    }
  }
}
