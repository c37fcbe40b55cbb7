package io.nightjar.benchmarks;

import io.nightjar.metric.compare.DifferenceTest;
import io.nightjar.metric.compare.ImagePair;
import io.nightjar.metric.compare.PairedDraws;
import io.nightjar.metric.compare.PairedFigures;
import io.nightjar.metric.compare.Pairing;
import io.nightjar.metric.compare.Verdict;
import io.nightjar.metric.sample.CategorySample;
import io.nightjar.metric.sample.SampleFigure;
import io.nightjar.metric.sample.SampleImage;
import io.nightjar.metric.sample.SparseCounts;
import io.nightjar.report.comparison.FinishedRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How often a comparison raises an alarm where nothing has changed, and how often it finds what
 * has.
 *
 * <p>A night is a test set that is drawn with replacement from the images of two real runs. Without
 * a change, it is left to chance for each image which of the runs is called the baseline: the two
 * are then exchangeable, and every difference is one of chance. With the change, they are what they
 * are.
 */
@Command(
    name = "comparison",
    description = "Simulates nights with and without a change; counts the verdicts of compare.")
final class ComparisonBenchmark implements Callable<Integer> {
  @Option(names = "--base", required = true, description = "A finished run.")
  private String base;

  @Option(names = "--candidate", required = true, description = "A finished run of the same data.")
  private String candidate;

  @Option(
      names = "--nights",
      defaultValue = "200",
      description = "Simulated nights of each kind (default: ${DEFAULT-VALUE}).")
  private int nights;

  @Option(
      names = "--resamples",
      defaultValue = "500",
      description = "Resamples of each comparison (default: ${DEFAULT-VALUE}).")
  private int resamples;

  @Option(
      names = "--figure",
      defaultValue = "pixel_auprc",
      description = "The figure that decides (default: ${DEFAULT-VALUE}).")
  private String figure;

  @Option(
      names = "--tolerance",
      defaultValue = "0.005",
      description = "The smallest difference that matters (default: ${DEFAULT-VALUE}).")
  private double tolerance;

  @Option(
      names = "--by-path",
      description = "Pairs images of one path, also where their content differs.")
  private boolean byPath;

  @Override
  public Integer call() {
    FinishedRun before = FinishedRun.read(base, new Configuration());
    FinishedRun after = FinishedRun.read(candidate, new Configuration());
    SampleFigure deciding = SampleFigure.named(figure);
    before
        .samples()
        .forEach(
            (category, sample) -> {
              if (after.samples().containsKey(category)) {
                CategorySample other = onBinsOf(sample, after.samples().get(category));
                List<ImagePair> pairs =
                    byPath ? ofOnePath(sample, other) : Pairing.of(sample, other).pairs();
                print(category + ", without a change", nights(sample, pairs, deciding, true));
                print(category + ", with the change", nights(sample, pairs, deciding, false));
              }
            });
    return 0;
  }

  private static List<ImagePair> ofOnePath(CategorySample sample, CategorySample other) {
    Map<String, SampleImage> byPath =
        other.images().stream().collect(Collectors.toMap(SampleImage::path, image -> image));
    return sample.images().stream()
        .filter(image -> byPath.containsKey(image.path()))
        .map(image -> new ImagePair(image, byPath.get(image.path())))
        .toList();
  }

  /** A sample counted in the bins of another, so that their images can change places. */
  private static CategorySample onBinsOf(CategorySample bins, CategorySample sample) {
    int[] binOf = new int[sample.bins()];
    for (int i = 0; i < binOf.length; i++) {
      int at = Arrays.binarySearch(bins.edges(), sample.edges()[i]);
      binOf[i] = at >= 0 ? at : Math.max(0, -at - 2);
    }
    return new CategorySample(
        sample.category(),
        sample.resolution(),
        bins.edges(),
        false,
        sample.images().stream()
            .map(
                image ->
                    new SampleImage(
                        image.path(),
                        image.defect(),
                        image.defective(),
                        image.item(),
                        image.hasTruth(),
                        image.score(),
                        image.hashes(),
                        moved(image.negatives(), binOf, bins.bins()),
                        moved(image.regions(), binOf, bins.bins()),
                        moved(image.defects(), binOf, bins.bins())))
            .toList());
  }

  private static List<SparseCounts> moved(List<SparseCounts> all, int[] binOf, int bins) {
    return all.stream().map(counts -> moved(counts, binOf, bins)).toList();
  }

  private static SparseCounts moved(SparseCounts counts, int[] binOf, int bins) {
    int[] dense = new int[bins];
    for (int i = 0; i < counts.bins().length; i++) {
      dense[binOf[counts.bins()[i]]] += counts.counts()[i];
    }
    return SparseCounts.of(dense);
  }

  private Map<Verdict, Integer> nights(
      CategorySample sample, List<ImagePair> pairs, SampleFigure deciding, boolean exchanged) {
    SplittableRandom random = new SplittableRandom(7);
    List<ImagePair> good = pairs.stream().filter(pair -> !pair.baseline().defective()).toList();
    List<ImagePair> defective = pairs.stream().filter(pair -> pair.baseline().defective()).toList();
    CategorySample bins =
        new CategorySample(
            sample.category(), sample.resolution(), sample.edges(), false, List.of());
    Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    for (int night = 0; night < nights; night++) {
      List<ImagePair> drawn = new ArrayList<>();
      draw(good, exchanged, random, drawn);
      draw(defective, exchanged, random, drawn);
      Pairing pairing = new Pairing(drawn, List.of(), List.of(), List.of(), 0, 0);
      PairedDraws draws = PairedDraws.draw(pairing.baselines(), resamples, night, "night");
      PairedFigures figures = PairedFigures.of(bins, bins, pairing, draws);
      double difference =
          figures.candidate()[deciding.index()] - figures.baseline()[deciding.index()];
      DifferenceTest test =
          DifferenceTest.of(
              figures.differences(deciding),
              difference,
              draws.units().spread(0.05),
              tolerance,
              0.05);
      verdicts.merge(
          Verdict.of(
              deciding.gain(difference), test, test.pDifferent(), test.pSame(), tolerance, 0.05),
          1,
          Integer::sum);
    }
    return verdicts;
  }

  private static void draw(
      List<ImagePair> from, boolean exchanged, SplittableRandom random, List<ImagePair> drawn) {
    for (int i = 0; i < from.size(); i++) {
      ImagePair pair = from.get(random.nextInt(from.size()));
      String path = drawn.size() + "/" + pair.baseline().path();
      boolean swapped = exchanged && random.nextBoolean();
      drawn.add(
          new ImagePair(
              named(swapped ? pair.candidate() : pair.baseline(), path),
              named(swapped ? pair.baseline() : pair.candidate(), path)));
    }
  }

  private static SampleImage named(SampleImage image, String path) {
    return new SampleImage(
        path,
        image.defect(),
        image.defective(),
        "",
        image.hasTruth(),
        image.score(),
        image.hashes(),
        image.negatives(),
        image.regions(),
        image.defects());
  }

  private void print(String kind, Map<Verdict, Integer> verdicts) {
    System.out.printf(Locale.ROOT, "%s, %d nights:", kind, nights);
    verdicts.forEach(
        (verdict, count) ->
            System.out.printf(
                Locale.ROOT, " %s %d (%.1f %%)", verdict.word(), count, 100.0 * count / nights));
    System.out.println();
  }
}
