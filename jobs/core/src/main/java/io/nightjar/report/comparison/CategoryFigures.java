package io.nightjar.report.comparison;

import io.nightjar.metric.compare.DifferenceTest;
import io.nightjar.metric.compare.DrawnUnits;
import io.nightjar.metric.compare.PairedDraws;
import io.nightjar.metric.compare.PairedFigures;
import io.nightjar.metric.compare.Pairing;
import io.nightjar.metric.sample.ResampledFigures;
import io.nightjar.metric.sample.SampleFigure;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.OptionalMetric;
import io.nightjar.report.ReportedMetric;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The figures of one category in both runs, with the resampled differences of those that have any:
 * what verdicts are made of.
 *
 * @param identical whether every map and every figure is the same, bit for bit
 * @param pairing empty where a run does not say what each image was counted as
 * @param units what each resample drew; none where there is no bootstrap
 * @param values by figure
 * @param notes sentences about how they were made
 */
record CategoryFigures(
    CategoryResult baseline,
    CategoryResult candidate,
    boolean identical,
    Optional<Pairing> pairing,
    DrawnUnits units,
    Map<ReportedMetric, Value> values,
    List<ImageChange> changes,
    List<String> notes) {
  private static final int CHANGES = 10;

  /**
   * One figure.
   *
   * @param resampled differences, already shifted, one for each resample; NaN where one has none;
   *     empty where there is no bootstrap
   * @param reason why there is no bootstrap; empty where there is one
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  record Value(
      OptionalDouble baseline, OptionalDouble candidate, double[] resampled, String reason) {
    /** The resampled differences that exist. */
    double[] known() {
      return Arrays.stream(resampled).filter(d -> !Double.isNaN(d)).toArray();
    }

    double difference() {
      return candidate.getAsDouble() - baseline.getAsDouble();
    }
  }

  /** The number of test images compared. */
  int images() {
    return pairing.map(paired -> paired.pairs().size()).orElse(candidate.testImages());
  }

  /** Compares the figures alone, since a run does not say what each image was counted as. */
  static CategoryFigures withoutSamples(
      FinishedRun baseline, FinishedRun candidate, String category) {
    CategoryResult before = baseline.category(category).orElseThrow();
    CategoryResult after = candidate.category(category).orElseThrow();
    FinishedRun without = baseline.samples().containsKey(category) ? candidate : baseline;
    String reason =
        Text.format(
            "%s does not say what each test image was counted as (samples/ is absent), so that"
                + " there is no interval; evaluate it again to get one",
            without.uri());
    boolean sameFiles =
        baseline.fingerprint(category).isPresent()
            && baseline.fingerprint(category).equals(candidate.fingerprint(category));
    Map<ReportedMetric, Value> values = new EnumMap<>(ReportedMetric.class);
    for (ReportedMetric figure : figures(before, after)) {
      values.put(
          figure, new Value(value(figure, before), value(figure, after), new double[0], reason));
    }
    List<String> notes = new ArrayList<>(List.of(reason + "."));
    if (!sameFiles) {
      notes.add("The files that were read differ, and the runs do not say which.");
    }
    return new CategoryFigures(
        before,
        after,
        sameFiles && before.metrics().equals(after.metrics()),
        Optional.empty(),
        DrawnUnits.NONE,
        values,
        List.of(),
        notes);
  }

  /** Compares the figures over the images that both runs have. */
  static CategoryFigures of(
      FinishedRun baseline,
      FinishedRun candidate,
      String category,
      Pairing pairing,
      int resamples,
      long seed) {
    CategoryResult before = baseline.category(category).orElseThrow();
    CategoryResult after = candidate.category(category).orElseThrow();
    boolean identical =
        pairing.isComplete()
            && pairing.pairs().stream().allMatch(pair -> pair.isIdentical() && pair.hasSameLabel())
            && before.metrics().equals(after.metrics());
    List<String> notes = new ArrayList<>();
    if (!pairing.isComplete()) {
      notes.add(
          Text.format(
              "Compared over the %d test images that both runs have; figures of pixels are of"
                  + " coarse bins.",
              pairing.pairs().size()));
    }
    if (pairing.byPath() > 0) {
      notes.add(
          Text.format(
              "%d test images were paired by their paths, since a run has not read them.",
              pairing.byPath()));
    }
    trainingImages(baseline, candidate, category, pairing).ifPresent(notes::add);
    Map<ReportedMetric, Value> values = new EnumMap<>(ReportedMetric.class);
    if (identical) {
      for (ReportedMetric figure : figures(before, after)) {
        values.put(
            figure,
            new Value(value(figure, before), value(figure, after), new double[resamples], ""));
      }
      return new CategoryFigures(
          before, after, true, Optional.of(pairing), DrawnUnits.NONE, values, List.of(), notes);
    }
    PairedDraws draws = PairedDraws.draw(pairing.baselines(), resamples, seed, category);
    PairedFigures paired =
        PairedFigures.of(
            baseline.samples().get(category), candidate.samples().get(category), pairing, draws);
    String tooFew =
        draws.defective() < 2 || draws.good() == 1
            ? Text.format(
                "there is no interval with %s and %s",
                Text.counted(draws.defective(), "defective image", "defective images"),
                Text.counted(draws.good(), "good one", "good ones"))
            : "";
    for (ReportedMetric figure : figures(before, after)) {
      Optional<String> without = withoutDefects(figure, category, baseline, candidate);
      if (without.isEmpty()) {
        SampleFigure sampled = SampleFigure.named(figure.key());
        values.put(figure, value(sampled, figure, before, after, pairing, paired, tooFew));
      } else {
        boolean whole = pairing.isComplete();
        values.put(
            figure,
            new Value(
                whole ? value(figure, before) : OptionalDouble.empty(),
                whole ? value(figure, after) : OptionalDouble.empty(),
                new double[0],
                without.get()));
      }
    }
    return new CategoryFigures(
        before,
        after,
        false,
        Optional.of(pairing),
        draws.units(),
        values,
        changes(pairing, paired),
        notes);
  }

  /**
   * Whether other normal images were learned from: more or fewer, or, where the test images and
   * their masks are the same files, other ones. A stored bank says only how many it is made of.
   */
  private static Optional<String> trainingImages(
      FinishedRun baseline, FinishedRun candidate, String category, Pairing pairing) {
    int before = baseline.category(category).orElseThrow().trainImages();
    int after = candidate.category(category).orElseThrow().trainImages();
    if (before != after) {
      return Optional.of(Text.format("%d training images, then %d.", before, after));
    }
    boolean sameTests =
        pairing.isComplete()
            && pairing.renamed() == 0
            && pairing.byPath() == 0
            && pairing.remasked().isEmpty();
    Optional<String> files = baseline.fingerprint(category);
    Optional<String> others = candidate.fingerprint(category);
    boolean hasRead = after > 0 && !baseline.hasStoredBank() && !candidate.hasStoredBank();
    return hasRead && sameTests && files.isPresent() && others.isPresent() && !files.equals(others)
        ? Optional.of(
            Text.format("%d training images in both, but of other names or content.", after))
        : Optional.empty();
  }

  /** Why a figure that a run states does not follow from the sample that it kept. */
  private static Optional<String> withoutDefects(
      ReportedMetric figure, String category, FinishedRun... runs) {
    if (figure != ReportedMetric.AU_SPRO_30 && figure != ReportedMetric.AU_SPRO_05) {
      return Optional.empty();
    }
    return Stream.of(runs)
        .filter(run -> figure.of(run.category(category).orElseThrow()).isPresent())
        .filter(run -> !run.samples().get(category).hasSaturatedDefects())
        .findFirst()
        .map(
            run ->
                Text.format(
                    "%s was written by an earlier Nightjar, which did not keep the defects of each"
                        + " image, so that there is no interval; evaluate it again to get one",
                    run.uri()));
  }

  private static List<ReportedMetric> figures(CategoryResult before, CategoryResult after) {
    return Stream.of(ReportedMetric.values())
        .filter(ReportedMetric::isFigure)
        .filter(figure -> figure.appliesTo(before.metrics()) || figure.appliesTo(after.metrics()))
        .toList();
  }

  private static OptionalDouble value(ReportedMetric figure, CategoryResult category) {
    OptionalMetric metric = figure.of(category);
    return metric.isPresent() ? OptionalDouble.of(metric.get()) : OptionalDouble.empty();
  }

  private static Value value(
      SampleFigure sampled,
      ReportedMetric figure,
      CategoryResult before,
      CategoryResult after,
      Pairing pairing,
      PairedFigures paired,
      String tooFew) {
    double coarseBefore = paired.baseline()[sampled.index()];
    double coarseAfter = paired.candidate()[sampled.index()];
    OptionalDouble one = pairing.isComplete() ? value(figure, before) : optional(coarseBefore);
    OptionalDouble other = pairing.isComplete() ? value(figure, after) : optional(coarseAfter);
    if (one.isEmpty() || other.isEmpty()) {
      return new Value(one, other, new double[0], absence(figure, before, after));
    }
    if (!tooFew.isEmpty()) {
      return new Value(one, other, new double[0], tooFew);
    }
    double shift = other.getAsDouble() - one.getAsDouble() - (coarseAfter - coarseBefore);
    double[] resampled = paired.differences()[sampled.index()].clone();
    for (int i = 0; i < resampled.length; i++) {
      resampled[i] += shift;
    }
    Value value = new Value(one, other, resampled, "");
    return value.known().length < Math.max(DifferenceTest.FEWEST, resampled.length / 2)
        ? new Value(one, other, new double[0], "most resamples do not have it")
        : value;
  }

  private static OptionalDouble optional(double value) {
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private static String absence(
      ReportedMetric figure, CategoryResult before, CategoryResult after) {
    return Stream.of(before, after)
        .map(figure::of)
        .filter(metric -> !metric.isPresent())
        .map(OptionalMetric::reason)
        .findFirst()
        .orElse("the images that both runs have do not have it");
  }

  private static List<ImageChange> changes(Pairing pairing, PairedFigures paired) {
    List<ImageChange> changes = new ArrayList<>();
    for (int i = 0; i < pairing.pairs().size(); i++) {
      boolean own = ResampledFigures.isOwnAuprc(pairing.pairs().get(i).baseline());
      if (own == ResampledFigures.isOwnAuprc(pairing.pairs().get(i).candidate())) {
        changes.add(
            new ImageChange(
                pairing.pairs().get(i),
                own,
                paired.baselineQuality()[i],
                paired.candidateQuality()[i]));
      }
    }
    return changes.stream()
        .filter(change -> Math.abs(change.change()) > 0)
        .sorted(
            Comparator.comparing((ImageChange change) -> -Math.abs(change.change()))
                .thenComparing(change -> change.pair().baseline().path()))
        .limit(CHANGES)
        .toList();
  }
}
