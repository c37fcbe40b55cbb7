package io.nightjar.report.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.error.InvalidInputException;
import io.nightjar.metric.BruteForceImages;
import io.nightjar.metric.LabelledImage;
import io.nightjar.metric.compare.DifferenceTest;
import io.nightjar.metric.compare.Verdict;
import io.nightjar.report.QuarantinedFile;
import io.nightjar.report.ReportedMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ComparisonReportTest {
  private static final String MONDAY = "2026-11-23T01:00:00Z";
  private static final String TUESDAY = "2026-11-24T01:00:00Z";
  private static final ComparisonOptions FEW =
      new ComparisonOptions(0.005, 0.05, 200, 42, List.of(), Set.of());

  private final List<LabelledImage> images = TestRuns.images(1, 12);
  private Path work;

  @BeforeEach
  void inFolder(@TempDir Path folder) {
    work = folder;
  }

  @Test
  void equalMapsAreIdenticalAndPass() throws IOException {
    ComparisonReport report = compare(run("a", MONDAY, images), run("b", TUESDAY, images));

    assertThat(only(report).verdict()).isEqualTo(Verdict.IDENTICAL);
    assertThat(only(report).figures())
        .allSatisfy(figure -> assertThat(figure.verdict()).isEqualTo(Verdict.IDENTICAL));
    assertThat(report.passed()).isTrue();
    assertThat(report.sentence()).isEqualTo("Passed: of 1 category 1 is identical.");
  }

  @Test
  void aLossIsFoundWithTheImagesThatLost() throws IOException {
    ComparisonReport report =
        compare(run("a", MONDAY, images), run("b", TUESDAY, TestRuns.rescored(images, 0.8, 0, 3)));

    assertThat(only(report).verdict()).isEqualTo(Verdict.WORSE);
    assertThat(report.passed()).isFalse();
    assertThat(report.sentence())
        .startsWith("Not passed: pixel AUPRC of bottle fell from ")
        .contains("interval -")
        .endsWith(").");
    assertThat(only(report).changes()).hasSize(10);
    assertThat(only(report).changes())
        .filteredOn(change -> change.ownAuprc())
        .isNotEmpty()
        .allSatisfy(change -> assertThat(change.change()).isNegative());
    assertThat(figure(report, ReportedMetric.PIXEL_AUPRC).decides()).isTrue();
    assertThat(figure(report, ReportedMetric.PIXEL_FPR_AT_95_TPR).verdict())
        .isEqualTo(Verdict.WORSE);

    ComparisonReport reverse = compare(work.resolve("b").toString(), work.resolve("a").toString());
    assertThat(only(reverse).verdict()).isEqualTo(Verdict.BETTER);
    assertThat(reverse.passed()).isTrue();
  }

  /** The same draws, made here once more, on the pixels themselves. */
  @Test
  void theIntervalIsThatOfPairedResamplesOfThePixels() throws IOException {
    List<LabelledImage> other = TestRuns.rescored(images, 0.9, 0.05, 3);

    ComparisonReport report = compare(run("a", MONDAY, images), run("b", TUESDAY, other));

    FigureComparison auprc = figure(report, ReportedMetric.PIXEL_AUPRC);
    double expected = pooled(other) - pooled(images);
    assertThat(auprc.difference().getAsDouble()).isCloseTo(expected, within(1e-6));
    double[] resampled = resampled(other);
    Arrays.sort(resampled);
    // Student's quantile of 24 images less 2 strata, to the normal one.
    double spread = Math.sqrt(24 / 22.0) * 2.073873 / 1.959964;
    // Positions 4.975 and 194.025 of 0 to 199.
    double lower = resampled[4] + 0.975 * (resampled[5] - resampled[4]);
    double upper = resampled[194] + 0.025 * (resampled[195] - resampled[194]);
    assertThat(auprc.test().orElseThrow().lower())
        .isCloseTo(expected + spread * (lower - expected), within(2e-3));
    assertThat(auprc.test().orElseThrow().upper())
        .isCloseTo(expected + spread * (upper - expected), within(2e-3));
    // The runs have the images in common, so that the difference is far surer than either.
    double unpaired = resampledWidth(images);
    assertThat(auprc.test().get().upper() - auprc.test().get().lower()).isLessThan(0.6 * unpaired);
  }

  private double[] resampled(List<LabelledImage> other) {
    List<Integer> defective = indexes(true);
    List<Integer> good = indexes(false);
    SplittableRandom random = new SplittableRandom(31 * 42 + "bottle".hashCode());
    double[] differences = new double[200];
    for (int i = 0; i < differences.length; i++) {
      List<Integer> drawn = new ArrayList<>();
      defective.forEach(image -> drawn.add(defective.get(random.nextInt(defective.size()))));
      good.forEach(image -> drawn.add(good.get(random.nextInt(good.size()))));
      differences[i] =
          pooled(drawn.stream().map(other::get).toList())
              - pooled(drawn.stream().map(images::get).toList());
    }
    return differences;
  }

  private double resampledWidth(List<LabelledImage> measured) {
    SplittableRandom random = new SplittableRandom(5);
    double[] values = new double[200];
    for (int i = 0; i < values.length; i++) {
      List<LabelledImage> drawn = new ArrayList<>();
      for (boolean label : new boolean[] {true, false}) {
        List<Integer> from = indexes(label);
        from.forEach(image -> drawn.add(measured.get(from.get(random.nextInt(from.size())))));
      }
      values[i] = pooled(drawn);
    }
    Arrays.sort(values);
    return values[194] - values[5];
  }

  /** In the order of the paths, as runs keep their images. */
  private List<Integer> indexes(boolean defective) {
    return IntStream.range(0, images.size())
        .boxed()
        .filter(i -> images.get(i).defective() == defective)
        .sorted(Comparator.comparing(i -> images.get(i).path()))
        .toList();
  }

  private static double pooled(List<LabelledImage> some) {
    return BruteForceImages.pooled(some).averagePrecision();
  }

  @Test
  void noiseThatMovesNothingIsSameOrUndecidedAndSaysHowManyImagesItTakes() throws IOException {
    ComparisonReport report =
        compare(run("a", MONDAY, images), run("b", TUESDAY, TestRuns.rescored(images, 1, 0.02, 3)));

    FigureComparison auprc = figure(report, ReportedMetric.PIXEL_AUPRC);
    assertThat(auprc.verdict()).isIn(Verdict.SAME, Verdict.INCONCLUSIVE);
    assertThat(auprc.neededImages().isPresent()).isEqualTo(auprc.verdict() == Verdict.INCONCLUSIVE);
    assertThat(report.passed()).isTrue();
    ComparisonOptions strict = new ComparisonOptions(1e-6, 0.05, 200, 42, List.of(), Set.of());
    FigureComparison undecided =
        ComparisonReport.of(read("a"), List.of(read("b")), strict, Gate.DEFAULT, List.of())
            .comparisons()
            .get(0)
            .categories()
            .get(0)
            .deciding()
            .get(0);
    assertThat(undecided.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(undecided.neededImages().getAsLong()).isGreaterThan(24);
  }

  @Test
  void otherImagesAreRefusedAndWhenAllowedTheCommonOnesAreCompared() throws IOException {
    List<LabelledImage> fewer = images.subList(0, 20);
    String before = run("a", MONDAY, images);
    String after = run("b", TUESDAY, fewer);

    assertThatThrownBy(() -> compare(before, after))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("4 test images of bottle are only in the baseline")
        .hasMessageContaining("--allow images");

    ComparisonReport report =
        ComparisonReport.of(
            read("a"),
            List.of(read("b")),
            new ComparisonOptions(0.005, 0.05, 200, 42, List.of(), Set.of(Allowance.IMAGES)),
            Gate.DEFAULT,
            List.of());
    FigureComparison auprc = figure(report, ReportedMetric.PIXEL_AUPRC);
    assertThat(auprc.baseline().getAsDouble()).isCloseTo(pooled(fewer), within(2e-3));
    assertThat(auprc.difference().getAsDouble()).isCloseTo(0, within(2e-3));
    assertThat(only(report).images().orElseThrow().pairs()).hasSize(20);
    assertThat(only(report).notes().get(0)).startsWith("Compared over the 20 test images");
    assertThat(report.comparisons().get(0).notes())
        .anySatisfy(note -> assertThat(note).contains("only in the baseline"));
  }

  @Test
  void anotherDataSetIsRefusedWhateverIsAllowed() throws IOException {
    String before = run("a", MONDAY, images);
    String after = TestRuns.in(work.resolve("b"), TUESDAY).category("screw", images).write();
    ComparisonOptions all =
        new ComparisonOptions(0.005, 0.05, 200, 42, List.of(), Set.of(Allowance.values()));

    assertThatThrownBy(
            () ->
                ComparisonReport.of(
                    FinishedRun.read(before, TestRuns.CONFIGURATION),
                    List.of(FinishedRun.read(after, TestRuns.CONFIGURATION)),
                    all,
                    Gate.DEFAULT,
                    List.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("have no category in common: they are of different data sets");
  }

  @Test
  void aCategoryThatFailedHasItsOwnVerdictAndFailsTheGate() throws IOException {
    String before =
        TestRuns.in(work.resolve("a"), MONDAY)
            .category("bottle", images)
            .category("screw", TestRuns.images(2, 6))
            .write();
    String after =
        TestRuns.in(work.resolve("b"), TUESDAY)
            .category("bottle", images)
            .failed("screw", "No test image can be used.")
            .write();

    ComparisonReport report = compare(before, after);

    assertThat(report.comparisons().get(0).categories())
        .extracting(CategoryComparison::verdict)
        .containsExactly(Verdict.IDENTICAL, Verdict.FAILED);
    assertThat(report.sentence())
        .isEqualTo("Not passed: screw: It failed in the candidate: No test image can be used.");
    assertThat(report.comparisons().get(0).notes())
        .containsExactly("No mean counts screw, which failed in one of the runs.");
    // Back again, it is reported and no regression.
    ComparisonReport back = compare(after, before);
    assertThat(back.comparisons().get(0).verdict()).isEqualTo(Verdict.FAILED);
    assertThat(back.passed()).isTrue();
  }

  @Test
  void runsOfOlderProgramsAreComparedWithoutIntervals() throws IOException {
    String before =
        TestRuns.in(work.resolve("a"), MONDAY).category("bottle", images).writeWithoutSamples();
    String after = run("b", TUESDAY, TestRuns.rescored(images, 0.9, 0, 3));

    ComparisonReport report = compare(before, after);

    FigureComparison auprc = figure(report, ReportedMetric.PIXEL_AUPRC);
    assertThat(auprc.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(auprc.test()).isEmpty();
    assertThat(auprc.reason()).contains("samples/ is absent", "evaluate it again");
    assertThat(auprc.difference().getAsDouble()).isNegative();
  }

  @Test
  void aHalfWrittenRunIsNoRun() throws IOException {
    String run = run("a", MONDAY, images);
    Files.delete(Path.of(run, "metrics.json"));

    assertThatThrownBy(() -> FinishedRun.read(run, TestRuns.CONFIGURATION))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("There is no finished run in " + run);
    run("b", TUESDAY, images);
    run("c", MONDAY, images);
    Files.writeString(work.resolve("c/run.json"), "{");
    RunHistory history =
        RunHistory.of(work + "/latest", Optional.empty(), Optional.empty(), TestRuns.CONFIGURATION);
    assertThat(history.newest().orElseThrow()).endsWith("/b");
    assertThat(history.passedOver()).hasSize(2);
    assertThat(history.passedOver().get(0)).contains("/a is no finished run");
    assertThat(history.passedOver().get(1)).contains("/c cannot be read");
    assertThat(
            RunHistory.of(
                    work + "/latest",
                    Optional.of(work + "/b"),
                    Optional.empty(),
                    TestRuns.CONFIGURATION)
                .newest())
        .isEmpty();
  }

  @Test
  void ofTwoRunsOfOneTimeTheLaterNameIsNewer() throws IOException {
    run("a", MONDAY, images);
    run("b", MONDAY, images);

    assertThat(
            RunHistory.of(
                    work + "/latest", Optional.empty(), Optional.empty(), TestRuns.CONFIGURATION)
                .newest()
                .orElseThrow())
        .endsWith("/b");
    assertThat(compare(work + "/a", work + "/b").comparisons().get(0).notes())
        .containsExactly("Both runs say that they began at the same time.");
  }

  @Test
  void aClockThatWentBackwardsIsReported() throws IOException {
    run("a", "2026-11-24T01:00:00.5Z", images);
    run("b", "2026-11-24T01:00:00Z", images);

    assertThat(compare(work + "/a", work + "/b").comparisons().get(0).notes())
        .containsExactly("The baseline says that it began after the candidate.");
    assertThat(compare(work + "/b", work + "/a").comparisons().get(0).notes()).isEmpty();
  }

  @Test
  void otherTrainingImagesAreReported() throws IOException {
    String one = readFrom("one", 20, Map.of("variance", 0.95));
    String other = readFrom("other", 20, Map.of("variance", 0.95));
    String fewer = readFrom("fewer", 19, Map.of("variance", 0.95));
    String stored = readFrom("stored", 20, Map.of("bank", "/banks"));

    assertThat(only(compare(one, other)).notes())
        .containsExactly("20 training images in both, but of other names or content.");
    assertThat(only(compare(one, fewer)).notes()).containsExactly("20 training images, then 19.");
    // A stored bank has read its images on another day.
    assertThat(only(compare(one, stored)).notes()).isEmpty();
    assertThat(only(compare(one, one)).notes()).isEmpty();
  }

  private String readFrom(String files, int trained, Map<String, Object> options)
      throws IOException {
    return TestRuns.in(work.resolve(files), MONDAY)
        .detail("data", Map.of("root", "/data", "sha256_by_category", Map.of("bottle", files)))
        .detail("options", options)
        .trainedOn(trained)
        .category("bottle", images)
        .write();
  }

  @Test
  void theGateAsksForDropsFilesAndSeconds() throws IOException {
    String before = run("a", MONDAY, images);
    String after =
        TestRuns.in(work.resolve("b"), TUESDAY)
            .category(
                "bottle",
                TestRuns.rescored(images, 0.97, 0, 3),
                new QuarantinedFile("test/cut/9.png", "It is empty."))
            .detail("wall_seconds", 91.0)
            .detail("options", Map.of("variance", 0.9))
            .write();

    assertThat(gated(before, after, "pixel_auprc=0.5", "none").passed()).isTrue();
    assertThat(gated(before, after, "pixel_auprc=0.0001", "none").sentence())
        .startsWith("Not passed: pixel AUPRC of bottle fell from ")
        .endsWith("more than --max-drop pixel_auprc=1.0E-4 allows; and 1 more reason.");
    assertThat(gated(before, after, "pixel_auprc=0.01%", "none").passed()).isFalse();
    assertThat(gated(before, after, "pixel_fpr_at_95_tpr=0", "none").passed()).isFalse();
    assertThat(gated(before, after, "image_auroc=1", "quarantined>0").sentence())
        .isEqualTo("Not passed: 1 file was quarantined, more than --fail-on quarantined>0 allows.");
    assertThat(gated(before, after, "image_auroc=1", "quarantined>1").passed()).isTrue();
    assertThat(gated(before, after, "image_auroc=1", "slower>1.5").sentence())
        .isEqualTo(
            "Not passed: the run took 91.0 s after 60.0 s, longer than --fail-on slower>1.5"
                + " allows.");
    assertThat(gated(before, after, "image_auroc=1", "slower>1.6").passed()).isTrue();
    assertThat(compare(before, after).comparisons().get(0).differs())
        .containsExactly(new Setting("options.variance", "0.95", "0.9"));
  }

  @Test
  void rulesThatCannotBeReadAreRefused() {
    assertThatThrownBy(() -> MaxDrop.parse("pixel_auprc"))
        .hasMessageContaining("such as pixel_auprc=0.01");
    assertThatThrownBy(() -> MaxDrop.parse("auprc=1"))
        .hasMessageContaining("names \"auprc\", which is no figure");
    assertThatThrownBy(() -> MaxDrop.parse("aupimo=-1")).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> FailOn.parse("slower>0")).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> FailOn.parse("bad")).hasMessageContaining("has \"bad\"; it takes");
  }

  @Test
  void severalRunsAreRankedOverTheCategories() throws IOException {
    List<String> runs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      TestRuns run = TestRuns.in(work.resolve("m" + i), MONDAY);
      for (int category = 0; category < 4; category++) {
        run.category(
            "c" + category, TestRuns.rescored(TestRuns.images(category, 5), 1 - 0.1 * i, 0, 3));
      }
      runs.add(run.write());
    }

    ComparisonReport report =
        ComparisonReport.of(
            FinishedRun.read(runs.get(1), TestRuns.CONFIGURATION),
            List.of(
                FinishedRun.read(runs.get(0), TestRuns.CONFIGURATION),
                FinishedRun.read(runs.get(2), TestRuns.CONFIGURATION)),
            FEW,
            Gate.DEFAULT,
            List.of());

    Ranking ranking = report.ranking().orElseThrow();
    assertThat(ranking.figure()).isEqualTo(ReportedMetric.PIXEL_AUPRC);
    assertThat(ranking.ranks().meanRanks()).containsExactly(2.0, 1.0, 3.0);
    assertThat(ranking.categories()).containsExactly("c0", "c1", "c2", "c3");
    assertThat(report.outcomes()).hasSize(2);
  }

  /** One category would be decided by itself; it is not, as one of several. */
  @Test
  void whatTheCorrectionLeavesUndecidedAsksForMoreImagesThanThereAre() {
    DifferenceTest test = new DifferenceTest(-0.5, -0.01, 0.03, 1);

    assertThat(FigureComparison.neededImages(Verdict.INCONCLUSIVE, test, -0.4, FEW, 10, 3))
        .hasValue(15); // (0.39 / 0.4 · 2.394 / 1.960)² · 10 = 14.2
    assertThat(FigureComparison.neededImages(Verdict.INCONCLUSIVE, test, -0.4, FEW, 10, 1))
        .hasValue(11);
    assertThat(FigureComparison.neededImages(Verdict.WORSE, test, -0.4, FEW, 10, 3)).isEmpty();
  }

  private ComparisonReport gated(String before, String after, String drop, String failOn) {
    return ComparisonReport.of(
        FinishedRun.read(before, TestRuns.CONFIGURATION),
        List.of(FinishedRun.read(after, TestRuns.CONFIGURATION)),
        FEW,
        new Gate(
            List.of(MaxDrop.parse(drop)),
            failOn.equals("none") ? List.of() : List.of(FailOn.parse(failOn))),
        List.of());
  }

  private String run(String name, String started, List<LabelledImage> some) throws IOException {
    return TestRuns.in(work.resolve(name), started).category("bottle", some).write();
  }

  private FinishedRun read(String name) {
    return FinishedRun.read(work.resolve(name).toString(), TestRuns.CONFIGURATION);
  }

  private static ComparisonReport compare(String before, String after) {
    return ComparisonReport.of(
        FinishedRun.read(before, TestRuns.CONFIGURATION),
        List.of(FinishedRun.read(after, TestRuns.CONFIGURATION)),
        FEW,
        Gate.DEFAULT,
        List.of());
  }

  private static CategoryComparison only(ComparisonReport report) {
    return report.comparisons().get(0).categories().get(0);
  }

  private static FigureComparison figure(ComparisonReport report, ReportedMetric metric) {
    return only(report).figures().stream()
        .filter(figure -> figure.figure() == metric)
        .findFirst()
        .orElseThrow();
  }
}
