package io.nightjar.metric;

import static io.nightjar.metric.CategoryMetricsTest.assertEncloses;
import static io.nightjar.metric.CategoryMetricsTest.assertExact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.dataset.GroundTruth.Defect;
import io.nightjar.dataset.SaturationAreas.Threshold;
import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.metric.result.Estimate;
import io.nightjar.metric.result.SaturatedOverlap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SaturatedOverlapTest {
  private static final int WIDTH = 24;
  private static final int HEIGHT = 16;

  /** The pixels of a defect, from and to inclusive, and its threshold. */
  @SuppressWarnings("ArrayRecordComponent") // only a carrier
  private record Drawn(Threshold threshold, int[]... rectangles) {
    boolean[][] truth() {
      boolean[][] truth = new boolean[HEIGHT][WIDTH];
      for (int[] r : rectangles) {
        for (int y = r[2]; y <= r[3]; y++) {
          Arrays.fill(truth[y], r[0], r[1] + 1, true);
        }
      }
      return truth;
    }
  }

  private static final List<List<Drawn>> DEFECTS =
      List.of(
          List.of(
              new Drawn(fraction(0.5), new int[] {2, 7, 1, 4}),
              new Drawn(pixels(12), new int[] {12, 14, 2, 4}, new int[] {18, 20, 9, 11})),
          List.of(
              new Drawn(pixels(1000), new int[] {0, 4, 0, 2}),
              new Drawn(fraction(0.3), new int[] {3, 8, 1, 6})),
          List.of(new Drawn(fraction(0.5), new int[] {5, 5, 5, 5})),
          List.of());

  @Test
  void byHand() {
    // One defect of 4 pixels (9, 7, 5, 1) of which 2 are enough; normal pixels 8, 6, 4, 2. From the
    // top: 9: 1/2 at FPR 0; 8: FPR 1/4; 7: 1 at 1/4; then 1 all the way.
    LabelledImage image =
        LabelledImage.drawn("a", "cut", new String[] {"9876", "5421"}, "#.#.", "#..#");
    CategoryCounts counts = new CategoryCounts();
    count(image, List.of(new Defect(image.mask(), 2)), counts);

    assertExact(counts.auSpro(1), 0.25 * 0.5 + 0.75);
    assertExact(counts.auSpro(0.25), 0.5);
    assertExact(counts.auSpro(0.5), (0.25 * 0.5 + 0.25) / 0.5);
  }

  /**
   * Expected values by numpy, from the definition: at each distinct score the mean of min(TP / S,
   * 1) over the defects and the fraction of pixels outside of every defect, joined by lines from
   * (0, 0).
   */
  @Test
  void equalsWhatNumpyComputesFromTheDefinition() {
    CategoryCounts counts = new CategoryCounts();
    for (int i = 0; i < DEFECTS.size(); i++) {
      count(i, counts);
    }

    assertExact(counts.auSpro(0.05), 0.3815675426463809);
    assertExact(counts.auSpro(0.3), 0.51020670047641);
    assertExact(counts.auSpro(1), 0.8274481327800829);
    CategoryMetrics metrics = counts.metrics();
    assertThat(metrics.saturated())
        .contains(new SaturatedOverlap(counts.auSpro(0.3), counts.auSpro(0.05)));
    SaturatedOverlap ofKind = metrics.byDefect().get("kind0").saturated().orElseThrow();
    // Groups have fewer bins than the whole, so that scores share some; the middle is close.
    assertThat(ofKind.auSpro05().getAsDouble()).isCloseTo(0.3713269054178145, within(1e-6));
    assertThat(ofKind.auSpro05().lower()).isLessThanOrEqualTo(0.3713269054178145);
    assertThat(ofKind.auSpro05().upper()).isGreaterThanOrEqualTo(0.3713269054178145);
    assertThat(ofKind.auSpro30().getAsDouble()).isCloseTo(0.5814393939393939, within(1e-6));
  }

  @Test
  void equalsPerRegionOverlapWhereAreasAreSaturatedByTheirAllBitForBit() {
    for (int values : new int[] {0, 6}) {
      CategoryCounts counts = new CategoryCounts();
      for (LabelledImage image : CategoryMetricsTest.images(3, 30, values)) {
        count(image, regions(image), counts);
      }

      for (double limit : new double[] {0.05, 0.3, 1}) {
        assertThat(counts.auSpro(limit)).isEqualTo(counts.aupro(limit));
      }
    }
  }

  @Test
  void boundsEncloseWhatExactCountsGive() {
    List<LabelledImage> images = CategoryMetricsTest.images(7, 40, 0);
    CategoryCounts binned = new CategoryCounts();
    CategoryCounts exact = new CategoryCounts();
    List<Float> ranks = new ArrayList<>();
    images.forEach(image -> Arrays.stream(image.scores()).forEach(row -> addAll(ranks, row)));
    List<Float> sorted = ranks.stream().sorted().distinct().toList();
    for (LabelledImage image : images) {
      List<Defect> half =
          image.defective()
              ? List.of(new Defect(image.mask(), Math.max(1, image.mask().positives() / 2)))
              : List.of();
      count(image, half, binned);
      // The same order as neighbouring floats, all of which fit bins of their own.
      float[][] ordered = new float[image.scores().length][];
      for (int y = 0; y < ordered.length; y++) {
        ordered[y] = new float[image.scores()[y].length];
        for (int x = 0; x < ordered[y].length; x++) {
          int rank = java.util.Collections.binarySearch(sorted, image.scores()[y][x]);
          ordered[y][x] = Float.intBitsToFloat(Float.floatToIntBits(1f) + rank);
        }
      }
      count(new LabelledImage(image.path(), image.defect(), ordered, image.truth()), half, exact);
    }
    assertThat(binned.pooled().bins().isExact()).isFalse();
    assertThat(exact.pooled().bins().isExact()).isTrue();

    for (double limit : new double[] {0.05, 0.3}) {
      assertEncloses(binned.auSpro(limit), exact.auSpro(limit).getAsDouble());
    }
  }

  @Test
  void withoutKnownAreasThereIsNoSaturatedOverlap() {
    CategoryMetrics metrics =
        CategoryMetricsTest.counts(CategoryMetricsTest.images(1, 14, 6)).metrics();

    assertThat(metrics.saturated()).isEmpty();
    assertThat(metrics.byDefect().get("cut").saturated()).isEmpty();
  }

  @Test
  void aMissingMaskLeavesNoSaturatedOverlapEither() {
    CategoryCounts counts = new CategoryCounts();
    count(0, counts);
    count(3, counts);
    ScoreFeed feed = counts.unmasked("z", "kind9", "z_mask.png is absent", 1, 1);
    feed.accept(0, new float[] {3});
    feed.end();

    CategoryMetrics metrics = counts.metrics();

    assertThat(metrics.saturated().orElseThrow().auSpro05())
        .isEqualTo(metrics.aupro05())
        .isInstanceOf(Estimate.Undefined.class);
    assertExact(
        metrics.byDefect().get("kind0").saturated().orElseThrow().auSpro05(), 0.3713269054178145);
    assertThat(metrics.byDefect().get("kind9").saturated().orElseThrow().auSpro05())
        .isInstanceOf(Estimate.Undefined.class);
  }

  @Test
  void mergingInAnyOrderGivesTheSameBitForBit() {
    Random random = new Random(5);
    List<LabelledImage> images = CategoryMetricsTest.images(11, 40, 0);
    CategoryCounts whole = new CategoryCounts();
    CategoryCounts odd = new CategoryCounts();
    CategoryCounts even = new CategoryCounts();
    for (int i = images.size() - 1; i >= 0; i--) {
      LabelledImage image = images.get(i);
      List<Defect> defects =
          image.defective()
              ? List.of(
                  new Defect(image.mask(), 1 + random.nextInt((int) image.mask().positives())))
              : List.of();
      count(image, defects, whole);
      count(image, defects, i % 2 == 0 ? even : odd);
    }
    even.merge(odd);

    assertThat(even).isEqualTo(whole);
    assertThat(even.metrics()).isEqualTo(whole.metrics());
  }

  private static void addAll(List<Float> all, float[] row) {
    for (float value : row) {
      all.add(value);
    }
  }

  private static Threshold fraction(double fraction) {
    return new Threshold("", fraction, true);
  }

  private static Threshold pixels(int pixels) {
    return new Threshold("", pixels, false);
  }

  /** Image i of the formula that the numpy script draws by. */
  private static void count(int i, CategoryCounts counts) {
    boolean[][] union = new boolean[HEIGHT][WIDTH];
    List<Defect> defects = new ArrayList<>();
    for (Drawn drawn : DEFECTS.get(i)) {
      boolean[][] truth = drawn.truth();
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          union[y][x] |= truth[y][x];
        }
      }
      LabelledImage alone = new LabelledImage("", "", new float[0][], truth);
      defects.add(new Defect(alone.mask(), drawn.threshold().of(alone.mask().positives())));
    }
    float[][] scores = new float[HEIGHT][WIDTH];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        scores[y][x] =
            (x * 37 + y * 91 + i * 53 + x * y % 17) % 101 * 0.25f + (union[y][x] ? 5 : 0);
      }
    }
    count(
        new LabelledImage("image" + i, defects.isEmpty() ? "good" : "kind" + i, scores, union),
        defects,
        counts);
  }

  private static void count(LabelledImage image, List<Defect> defects, CategoryCounts counts) {
    ImageFeed feed =
        counts.image(
            new TestImage(image.path(), image.defect(), image.defective()), image.mask(), defects);
    image.feed(feed);
    feed.end();
  }

  /** Each 8-connected region as a defect that all of its pixels saturate. */
  private static List<Defect> regions(LabelledImage image) {
    List<Defect> defects = new ArrayList<>();
    boolean[][] left = Arrays.stream(image.truth()).map(boolean[]::clone).toArray(boolean[][]::new);
    for (int y = 0; y < left.length; y++) {
      for (int x = 0; x < left[y].length; x++) {
        if (left[y][x]) {
          boolean[][] region = new boolean[left.length][left[y].length];
          move(x, y, left, region);
          LabelledImage alone = new LabelledImage("", "", new float[0][], region);
          defects.add(new Defect(alone.mask(), alone.mask().positives()));
        }
      }
    }
    return defects;
  }

  private static void move(int x, int y, boolean[][] from, boolean[][] into) {
    if (y < 0 || y >= from.length || x < 0 || x >= from[y].length || !from[y][x]) {
      return;
    }
    from[y][x] = false;
    into[y][x] = true;
    for (int dy = -1; dy <= 1; dy++) {
      for (int dx = -1; dx <= 1; dx++) {
        move(x + dx, y + dy, from, into);
      }
    }
  }
}
