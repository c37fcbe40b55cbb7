package io.nightjar.report.comparison;

import io.nightjar.error.InvalidInputException;
import io.nightjar.metric.compare.DifferenceTest;
import io.nightjar.metric.compare.Holm;
import io.nightjar.metric.compare.Pairing;
import io.nightjar.metric.compare.Verdict;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.ReportedMetric;
import io.nightjar.text.Text;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** Compares two finished runs. */
public final class RunComparer {
  private final FinishedRun baseline;
  private final FinishedRun candidate;
  private final ComparisonOptions options;

  private RunComparer(FinishedRun baseline, FinishedRun candidate, ComparisonOptions options) {
    this.baseline = baseline;
    this.candidate = candidate;
    this.options = options;
  }

  /**
   * Compares every category of two runs, and their means.
   *
   * @param baseline the run that is compared with
   * @param candidate the run that is compared with it
   * @param options how, and what may differ
   * @return categories in the order of the candidate, each with its verdict
   * @throws InvalidInputException if they have nothing in common, or what must not differ does
   */
  public static RunComparison compare(
      FinishedRun baseline, FinishedRun candidate, ComparisonOptions options) {
    return new RunComparer(baseline, candidate, options).compare();
  }

  private RunComparison compare() {
    List<String> common =
        candidate.report().categories().stream()
            .map(CategoryResult::category)
            .filter(name -> baseline.category(name).isPresent())
            .toList();
    Map<String, Pairing> pairings = new LinkedHashMap<>();
    for (String category : common) {
      if (baseline.samples().containsKey(category) && candidate.samples().containsKey(category)) {
        pairings.put(
            category,
            Pairing.of(baseline.samples().get(category), candidate.samples().get(category)));
      }
    }
    requireSomethingInCommon(common, pairings);
    List<String> notes =
        new ArrayList<>(
            Incompatibilities.require(baseline, candidate, common, pairings, options.allow()));
    noteTimes(notes);
    Map<String, CategoryFigures> figures = figures(common, pairings);
    Map<String, Map<ReportedMetric, FigureComparison>> outcomes = test(figures);
    Map<String, List<String>> meanWithout = new LinkedHashMap<>();
    List<FigureComparison> mean = new MeanComparison(figures, options).compare(meanWithout);
    noteFailures(mean, notes);
    return new RunComparison(
        baseline,
        candidate,
        names().stream().flatMap(name -> category(name, figures, outcomes)).toList(),
        mean,
        meanWithout,
        Setting.between(baseline.report().run().details(), candidate.report().run().details()),
        notes);
  }

  private void requireSomethingInCommon(List<String> common, Map<String, Pairing> pairings) {
    boolean sharesImages =
        pairings.size() < common.size()
            || pairings.values().stream().anyMatch(pairing -> !pairing.pairs().isEmpty());
    boolean failedThroughout = candidate.report().categories().isEmpty();
    if ((common.isEmpty() && !failedThroughout) || (!common.isEmpty() && !sharesImages)) {
      throw new InvalidInputException(
          Text.format(
              "%s and %s have no %s in common: they are of different data sets.",
              baseline.uri(), candidate.uri(), common.isEmpty() ? "category" : "test image"));
    }
  }

  private void noteTimes(List<String> notes) {
    Optional<Instant> before = time(baseline);
    Optional<Instant> after = time(candidate);
    if (before.isEmpty() || after.isEmpty()) {
      return;
    }
    if (before.equals(after)) {
      notes.add("Both runs say that they began at the same time.");
    } else if (before.get().isAfter(after.get())) {
      notes.add("The baseline says that it began after the candidate.");
    }
  }

  /** Empty where a run does not say when it began, or says no time. */
  private static Optional<Instant> time(FinishedRun run) {
    try {
      return Optional.of(Instant.parse(run.started()));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private void noteFailures(List<FigureComparison> mean, List<String> notes) {
    List<String> failed = names().stream().filter(name -> failure(name).isPresent()).toList();
    if (!mean.isEmpty() && !failed.isEmpty()) {
      notes.add(
          Text.format(
              "No mean counts %s, which failed in one of the runs.", String.join(", ", failed)));
    }
  }

  /** All categories of both runs, with and without a result. */
  private Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (FinishedRun run : List.of(candidate, baseline)) {
      run.report().categories().forEach(category -> names.add(category.category()));
      run.report().failed().forEach(category -> names.add(category.category()));
    }
    return names;
  }

  private Map<String, CategoryFigures> figures(List<String> common, Map<String, Pairing> pairings) {
    int resamples = options.resamplesFor(common.size());
    Map<String, CategoryFigures> figures = new LinkedHashMap<>();
    for (String category : common) {
      Pairing pairing = pairings.get(category);
      figures.put(
          category,
          pairing == null
              ? CategoryFigures.withoutSamples(baseline, candidate, category)
              : CategoryFigures.of(
                  baseline, candidate, category, pairing, resamples, options.seed()));
    }
    return figures;
  }

  /** Tests every figure of every category; the categories of one figure are a family. */
  private Map<String, Map<ReportedMetric, FigureComparison>> test(
      Map<String, CategoryFigures> figures) {
    Map<String, Map<ReportedMetric, FigureComparison>> outcomes = new LinkedHashMap<>();
    figures.keySet().forEach(name -> outcomes.put(name, new EnumMap<>(ReportedMetric.class)));
    for (ReportedMetric figure : ReportedMetric.values()) {
      Map<String, DifferenceTest> family = new LinkedHashMap<>();
      figures.forEach(
          (name, category) -> {
            CategoryFigures.Value value = category.values().get(figure);
            if (value != null && !category.identical() && value.resampled().length > 0) {
              family.put(
                  name,
                  DifferenceTest.of(
                      value.known(),
                      value.difference(),
                      category.units().spread(options.alpha()),
                      options.tolerance(),
                      options.alpha()));
            }
          });
      double[] different =
          Holm.adjusted(family.values().stream().mapToDouble(DifferenceTest::pDifferent).toArray());
      double[] same =
          Holm.adjusted(family.values().stream().mapToDouble(DifferenceTest::pSame).toArray());
      List<String> tested = List.copyOf(family.keySet());
      figures.forEach(
          (name, category) -> {
            if (category.values().containsKey(figure)) {
              int at = tested.indexOf(name);
              outcomes
                  .get(name)
                  .put(
                      figure,
                      at < 0
                          ? untested(figure, category)
                          : tested(
                              figure,
                              category,
                              family.get(name),
                              different[at],
                              same[at],
                              tested.size()));
            }
          });
    }
    return outcomes;
  }

  private FigureComparison untested(ReportedMetric figure, CategoryFigures category) {
    CategoryFigures.Value value = category.values().get(figure);
    return new FigureComparison(
        figure,
        value.baseline(),
        value.candidate(),
        Optional.empty(),
        Double.NaN,
        Double.NaN,
        category.identical() ? Verdict.IDENTICAL : Verdict.INCONCLUSIVE,
        OptionalLong.empty(),
        decides(figure, category),
        value.reason());
  }

  private FigureComparison tested(
      ReportedMetric figure,
      CategoryFigures category,
      DifferenceTest test,
      double pDifferent,
      double pSame,
      int tests) {
    CategoryFigures.Value value = category.values().get(figure);
    double difference = value.difference();
    Verdict verdict =
        Verdict.of(
            FigureComparison.gain(figure, difference),
            test,
            pDifferent,
            pSame,
            options.tolerance(),
            options.alpha());
    return new FigureComparison(
        figure,
        value.baseline(),
        value.candidate(),
        Optional.of(test),
        pDifferent,
        pSame,
        verdict,
        FigureComparison.neededImages(verdict, test, difference, options, category.images(), tests),
        decides(figure, category),
        "");
  }

  private boolean decides(ReportedMetric figure, CategoryFigures category) {
    if (!options.figures().isEmpty()) {
      return options.figures().contains(figure);
    }
    CategoryFigures.Value pixel = category.values().get(ReportedMetric.PIXEL_AUPRC);
    boolean hasPixels =
        pixel != null && (pixel.baseline().isPresent() || pixel.candidate().isPresent());
    return figure == (hasPixels ? ReportedMetric.PIXEL_AUPRC : ReportedMetric.IMAGE_AUROC);
  }

  private Stream<CategoryComparison> category(
      String name,
      Map<String, CategoryFigures> figures,
      Map<String, Map<ReportedMetric, FigureComparison>> outcomes) {
    CategoryFigures category = figures.get(name);
    if (category == null) {
      return failure(name).map(reason -> CategoryComparison.failed(name, reason)).stream();
    }
    List<FigureComparison> compared = List.copyOf(outcomes.get(name).values());
    List<String> notes = new ArrayList<>(category.notes());
    Verdict verdict =
        category.identical()
            ? Verdict.IDENTICAL
            : compared.stream()
                .filter(FigureComparison::decides)
                .map(FigureComparison::verdict)
                .reduce(Verdict::orGraver)
                .orElse(Verdict.INCONCLUSIVE);
    for (FigureComparison figure : compared) {
      if (figure.decides() && figure.baseline().isPresent() != figure.candidate().isPresent()) {
        notes.add(
            Text.format(
                "Only the %s has a %s: %s.",
                figure.baseline().isPresent() ? "baseline" : "candidate",
                figure.figure().labelInSentence(),
                figure.reason()));
      }
    }
    return Stream.of(
        new CategoryComparison(
            name,
            verdict,
            category.pairing(),
            compared,
            category.changes(),
            StageSeconds.of(category.baseline(), category.candidate()),
            notes));
  }

  /** Why a category cannot be compared; nothing of one that only one run was asked for. */
  private Optional<String> failure(String name) {
    Optional<String> before = baseline.failure(name);
    Optional<String> after = candidate.failure(name);
    String which =
        before.isPresent() && after.isPresent()
            ? "both runs"
            : before.isPresent() ? "the baseline" : "the candidate";
    return after.or(() -> before).map(reason -> Text.format("It failed in %s: %s", which, reason));
  }
}
