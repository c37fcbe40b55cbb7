package io.nightjar.report.sweep;

import io.nightjar.error.InvalidInputException;
import io.nightjar.metric.compare.DrawnUnits;
import io.nightjar.metric.compare.PairedDraws;
import io.nightjar.metric.sample.CategorySample;
import io.nightjar.metric.sample.SampleFigure;
import io.nightjar.metric.selection.Halves;
import io.nightjar.metric.selection.Selection;
import io.nightjar.metric.selection.SplitFigures;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.ReportedMetric;
import io.nightjar.report.comparison.FinishedRun;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Chooses among the configurations of a sweep, from what their evaluations kept. */
public final class SweepAnalysis {
  private final SweepOptions options;
  private final ReportedMetric figure;
  private final List<String> categories;
  private final List<ConfigurationOutcome> compared = new ArrayList<>();
  private final List<ConfigurationOutcome> failed = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private DrawnUnits units = DrawnUnits.NONE;
  private String withoutTests = "";

  private SweepAnalysis(List<ConfigurationOutcome> outcomes, SweepOptions options) {
    this.options = options;
    List<ConfigurationOutcome> evaluated = new ArrayList<>();
    for (ConfigurationOutcome outcome : outcomes) {
      if (outcome.run().isEmpty()) {
        failed.add(outcome);
      } else if (outcome.configuration().isPlain()) {
        evaluated.add(0, outcome);
      } else {
        evaluated.add(outcome);
      }
    }
    if (evaluated.isEmpty()) {
      throw new InvalidInputException("No configuration of the sweep was evaluated.");
    }
    FinishedRun reference = evaluated.get(0).run().orElseThrow();
    this.figure = options.comparison().figures().stream().findFirst().orElse(decides(reference));
    this.categories = categories(reference);
    for (ConfigurationOutcome outcome : evaluated) {
      Optional<String> lack = lack(outcome.run().orElseThrow(), reference);
      if (lack.isPresent()) {
        failed.add(ConfigurationOutcome.failed(outcome.configuration(), lack.get()));
      } else {
        compared.add(outcome);
      }
    }
  }

  /**
   * Chooses, and compares every configuration with the plain method.
   *
   * @param data where the data set is
   * @param outcomes of the configurations, in the order of the sweep, one of them the plain method
   * @param options how
   * @return what was found
   * @throws InvalidInputException if no configuration was evaluated
   */
  public static SweepReport of(
      String data, List<ConfigurationOutcome> outcomes, SweepOptions options) {
    return new SweepAnalysis(outcomes, options).report(data);
  }

  /** The pixel AUPRC, or the image AUROC where a category has no pixel figures. */
  private static ReportedMetric decides(FinishedRun run) {
    return run.report().categories().stream()
            .allMatch(category -> ReportedMetric.PIXEL_AUPRC.of(category).isPresent())
        ? ReportedMetric.PIXEL_AUPRC
        : ReportedMetric.IMAGE_AUROC;
  }

  /** Those that the reference has the figure of. */
  private List<String> categories(FinishedRun reference) {
    List<String> having = new ArrayList<>();
    for (CategoryResult category : reference.report().categories()) {
      if (figure.of(category).isPresent()) {
        having.add(category.category());
      } else {
        notes.add(
            Text.format(
                "%s is left out: it has no %s, since %s.",
                category.category(), figure.labelInSentence(), figure.of(category).reason()));
      }
    }
    reference
        .report()
        .failed()
        .forEach(
            category ->
                notes.add(
                    Text.format(
                        "%s is left out: it failed in %s: %s",
                        category.category(), reference.uri(), category.reason())));
    if (having.isEmpty()) {
      throw new InvalidInputException(
          Text.format(
              "No category of %s has the %s, so that no configuration can be chosen by it.",
              reference.uri(), figure.labelInSentence()));
    }
    return having;
  }

  /** What of the categories an evaluation lacks, so that it cannot be compared with the others. */
  private Optional<String> lack(FinishedRun run, FinishedRun reference) {
    for (String name : categories) {
      Optional<CategoryResult> category = run.category(name);
      if (category.isEmpty()) {
        return Optional.of(
            Text.format("%s: %s", name, run.failure(name).orElse("it was not evaluated.")));
      }
      if (!figure.of(category.get()).isPresent()) {
        return Optional.of(
            Text.format(
                "%s has no %s, since %s.",
                name, figure.labelInSentence(), figure.of(category.get()).reason()));
      }
      CategorySample sample = run.samples().get(name);
      CategorySample other = reference.samples().get(name);
      if (sample == null || other == null) {
        return Optional.of(
            Text.format(
                "%s: the evaluation does not say what each test image was counted as (samples/ is"
                    + " absent).",
                name));
      }
      if (!labels(sample).equals(labels(other))) {
        return Optional.of(
            Text.format("%s: it was evaluated over other test images than the others.", name));
      }
    }
    return Optional.empty();
  }

  /** Each image with its content and its label. */
  private static List<List<String>> labels(CategorySample sample) {
    return sample.images().stream()
        .map(image -> List.of(image.path(), image.defect(), image.hashes().image()))
        .toList();
  }

  private SweepReport report(String data) {
    List<SplitFigures> figures = figures();
    SampleFigure sampled = SampleFigure.named(figure.key());
    boolean varies = units.units() > units.strata();
    Optional<Selection> selection =
        varies && withoutTests.isEmpty()
            ? Selection.of(figures, sampled, spread(), options.comparison().alpha())
            : Optional.empty();
    if (selection.isEmpty()) {
      notes.add(
          Text.format(
              "No configuration is chosen: %s.",
              withoutTests.isEmpty()
                  ? Text.format(
                      "most halves of the test images have no %s", figure.labelInSentence())
                  : withoutTests));
    }
    boolean hasPlain = compared.get(0).configuration().isPlain();
    if (!hasPlain) {
      notes.add("No configuration is compared with the plain method, which has no result.");
    }
    List<Optional<ConfigurationResult.WithPlain>> tests =
        hasPlain && varies && withoutTests.isEmpty()
            ? new PlainComparison(options.comparison(), sampled, spread()).of(figures)
            : Collections.nCopies(figures.size(), Optional.empty());
    List<ConfigurationResult> results = new ArrayList<>();
    for (int i = 0; i < compared.size(); i++) {
      int index = i;
      FinishedRun run = compared.get(i).run().orElseThrow();
      results.add(
          new ConfigurationResult(
              compared.get(i).configuration(),
              run.uri(),
              figures.get(i).whole(),
              byCategory(run),
              selection.map(found -> found.wins().get(index)).orElse(0),
              run.wallSeconds(),
              tests.get(i)));
    }
    boolean hasFailedCategories =
        compared.stream().anyMatch(one -> !one.run().orElseThrow().report().failed().isEmpty());
    return new SweepReport(
        data, options, figure, categories, results, failed, selection, hasFailedCategories, notes);
  }

  private Map<String, Double> byCategory(FinishedRun run) {
    Map<String, Double> values = new LinkedHashMap<>();
    categories.forEach(name -> values.put(name, value(run, name)));
    return values;
  }

  private double value(FinishedRun run, String category) {
    return figure.of(run.category(category).orElseThrow()).get();
  }

  /** The means over the categories, of every configuration over the same halves and resamples. */
  private List<SplitFigures> figures() {
    List<List<SplitFigures>> byConfiguration = new ArrayList<>();
    compared.forEach(one -> byConfiguration.add(new ArrayList<>()));
    int resamples = options.resamplesFor(compared.size() - 1);
    SampleFigure sampled = SampleFigure.named(figure.key());
    for (String category : categories) {
      CategorySample reference = compared.get(0).run().orElseThrow().samples().get(category);
      Halves halves =
          Halves.draw(reference.images(), options.repetitions(), options.splitSeed(), category);
      PairedDraws draws =
          PairedDraws.draw(reference.images(), resamples, options.comparison().seed(), category);
      units = units.and(draws.units());
      if (draws.defective() < 2 || draws.good() == 1) {
        withoutTests =
            Text.format(
                "%s has %s and %s",
                category,
                Text.counted(draws.defective(), "defective image", "defective images"),
                Text.counted(draws.good(), "good one", "good ones"));
      }
      for (int i = 0; i < compared.size(); i++) {
        FinishedRun run = compared.get(i).run().orElseThrow();
        byConfiguration
            .get(i)
            .add(
                SplitFigures.of(
                    run.samples().get(category), sampled, value(run, category), halves, draws));
      }
    }
    return byConfiguration.stream().map(SplitFigures::mean).toList();
  }

  private double spread() {
    return units.spread(options.comparison().alpha());
  }
}
