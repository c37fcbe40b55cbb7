package io.nightjar.metric.threshold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.metric.BruteForce;
import io.nightjar.metric.LabelledScores;
import io.nightjar.metric.count.BinCounts;
import io.nightjar.metric.result.Estimate;
import io.nightjar.metric.result.PixelMetrics;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import scala.reflect.ClassTag$;

class ScoreHistogramTest {

  static Stream<Arguments> smallSets() {
    return Stream.of(
        Arguments.of("distinct", new float[] {0.1f, 0.4f, 0.35f, 0.8f}, "0011"),
        Arguments.of("ties across labels", new float[] {1, 2, 2, 2, 3, 3}, "010101"),
        Arguments.of("all equal", new float[] {5, 5, 5, 5, 5}, "10010"),
        Arguments.of("perfect", new float[] {1, 2, 3, 4}, "0011"),
        Arguments.of("worst", new float[] {1, 2, 3, 4}, "1100"),
        Arguments.of("negative scores", new float[] {-3, -1, -2, 0, 2, -0.5f}, "010110"),
        Arguments.of("both zeros", new float[] {-0f, 0f, -1, 1}, "1001"),
        Arguments.of("highest is negative", new float[] {9, 8, 7, 6, 5}, "01101"),
        Arguments.of(
            "extremes", new float[] {Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE}, "101"),
        Arguments.of("one of each", new float[] {1, 2}, "01"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("smallSets")
  void smallSetsEqualBruteForceExactly(String name, float[] scores, String labels) {
    boolean[] positive = labels(labels);
    BruteForce expected = new BruteForce(scores, positive);

    PixelMetrics metrics = histogram(scores, positive).metrics();

    assertThat(metrics.pixels()).isEqualTo(scores.length);
    assertThat(metrics.positives()).isEqualTo(labels.chars().filter(c -> c == '1').count());
    assertExact(metrics.auprc(), expected.averagePrecision());
    assertExact(metrics.auprcTrapezoid(), expected.trapezoid());
    assertExact(metrics.auroc(), expected.auroc());
  }

  @Test
  void valuesByHand() {
    // From the top: + (P 1), - , + (P 2/3), - : AP = 1/2 (1 + 2/3)
    PixelMetrics metrics = histogram(new float[] {4, 3, 2, 1}, labels("1010")).metrics();

    assertThat(metrics.auprc().getAsDouble()).isCloseTo(5.0 / 6, within(1e-15));
    // (1 + 1) / 2 to recall 1/2, then (1/2 + 2/3) / 2 to recall 1
    assertThat(metrics.auprcTrapezoid().getAsDouble())
        .isCloseTo(0.5 + 0.5 * (0.5 + 2.0 / 3) / 2, within(1e-15));
    assertThat(metrics.auroc().getAsDouble()).isCloseTo(0.75, within(1e-15));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void randomSetsWithTiesEqualBruteForceExactly(long seed) {
    Random random = new Random(seed);
    int n = 1 + random.nextInt(120);
    float[] scores = new float[n];
    boolean[] positive = new boolean[n];
    for (int i = 0; i < n; i++) {
      positive[i] = i == 0 || random.nextInt(4) == 0;
      scores[i] = random.nextInt(20) / 7f - 1 + (positive[i] ? 0.3f : 0);
    }
    BruteForce expected = new BruteForce(scores, positive);

    PixelMetrics metrics = histogram(scores, positive).metrics();

    assertExact(metrics.auprc(), expected.averagePrecision());
    assertExact(metrics.auprcTrapezoid(), expected.trapezoid());
  }

  @Test
  void withoutPositivesNothingExists() {
    PixelMetrics metrics = histogram(new float[] {1, 2}, labels("00")).metrics();

    assertThat(metrics.pixels()).isEqualTo(2);
    for (Estimate estimate : all(metrics)) {
      assertThat(estimate).isEqualTo(new Estimate.Undefined("No pixel lies inside of a defect"));
      assertThat(estimate.isPresent()).isFalse();
      assertThat(estimate.asOptional()).isEmpty();
      assertThatThrownBy(estimate::getAsDouble).hasMessage("No pixel lies inside of a defect");
    }
  }

  @Test
  void withoutNegativesOnlyTheRocCurveIsMissing() {
    PixelMetrics metrics = histogram(new float[] {1}, labels("1")).metrics();

    assertExact(metrics.auprc(), 1);
    assertExact(metrics.auprcTrapezoid(), 1);
    assertThat(metrics.auroc())
        .isEqualTo(new Estimate.Undefined("Every pixel lies inside of a defect"));
  }

  @Test
  void withoutPixelsNothingExists() {
    for (Estimate estimate : all(new ScoreHistogram().metrics())) {
      assertThat(estimate).isEqualTo(new Estimate.Undefined("No pixels were counted"));
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void scoresThatAreNoNumbersAreRefusedAndTheirRowWithThem(float score) {
    ScoreHistogram histogram = new ScoreHistogram();

    assertThatThrownBy(() -> histogram.addRow(new float[] {1, score}, labels("01"), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Float.toString(score));
    assertThatThrownBy(() -> histogram.add(score, true))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(histogram).isEqualTo(new ScoreHistogram());
  }

  @Test
  void scoresOfEightBitsStayExactWhateverTheirNumber() {
    Random random = new Random(10);
    float[] scores = new float[200_000];
    boolean[] positive = new boolean[scores.length];
    for (int i = 0; i < scores.length; i++) {
      positive[i] = random.nextInt(16) == 0;
      scores[i] = (random.nextInt(200) + (positive[i] ? 55 : 0)) / 255f;
    }

    PixelMetrics metrics = histogram(scores, positive).metrics();

    LabelledScores expected = new LabelledScores(scores, positive);
    assertExact(metrics.auprc(), expected.averagePrecision());
    assertExact(metrics.auprcTrapezoid(), expected.trapezoid());
    assertExact(metrics.auroc(), expected.auroc());
  }

  @Test
  void boundsEncloseTheExactValueOnceBinsAreShared() {
    LabelledScores data = LabelledScores.overlapping(11, 400_000);
    PixelMetrics metrics = histogram(data.scores(), data.positive()).metrics();

    assertThat(metrics.auprc().upper()).isGreaterThan(metrics.auprc().lower());
    assertEncloses(metrics.auprc(), data.averagePrecision());
    assertEncloses(metrics.auprcTrapezoid(), data.trapezoid());
    assertEncloses(metrics.auroc(), data.auroc());
  }

  @Test
  void anyPartitionMergedInAnyOrderIsTheSameBitForBit() throws Exception {
    LabelledScores data = LabelledScores.overlapping(12, 300_000);
    ScoreHistogram whole = histogram(data.scores(), data.positive());
    int parts = 7;
    ScoreHistogram[] partial = new ScoreHistogram[parts];
    for (int part = 0; part < parts; part++) {
      partial[part] = new ScoreHistogram();
    }
    Random random = new Random(1);
    for (int i = 0; i < data.scores().length; i++) {
      // Few scores to the first parts, so that their resolutions differ.
      int part = random.nextInt(1 << (parts - 1));
      part = 31 - Integer.numberOfLeadingZeros(part + 1);
      partial[part].add(data.scores()[i], data.positive()[i]);
    }

    ScoreHistogram forwards = new ScoreHistogram();
    ScoreHistogram backwards = new ScoreHistogram();
    ScoreHistogram tree = new ScoreHistogram();
    for (int part = 0; part < parts; part++) {
      forwards.merge(partial[part]);
      backwards.merge(new ScoreHistogram());
      backwards.merge(partial[parts - 1 - part]);
    }
    for (int part = 0; part + 1 < parts; part += 2) {
      ScoreHistogram pair = javaRoundTrip(partial[part + 1]);
      pair.merge(partial[part]);
      tree.merge(pair);
    }
    tree.merge(partial[parts - 1]);

    assertThat(forwards).isEqualTo(whole).hasSameHashCodeAs(whole);
    assertThat(backwards).isEqualTo(whole);
    assertThat(tree).isEqualTo(whole);
    assertThat(tree.metrics()).isEqualTo(whole.metrics());
  }

  @Test
  void scoresOverAllMagnitudesStayWithinTheMemory() {
    Random random = new Random(13);
    BinCounts counts = new BinCounts();
    float[] row = new float[1000];
    boolean[] positive = new boolean[1000];
    for (int y = 0; y < 300; y++) {
      for (int x = 0; x < row.length; x++) {
        row[x] = Float.intBitsToFloat(random.nextInt());
        row[x] = Float.isFinite(row[x]) ? row[x] : 0;
      }
      counts.addRow(row, positive, row.length);
    }

    assertThat(counts.pageIndexes().length).isLessThanOrEqualTo(BinCounts.MAX_PAGES);
    assertThat(counts.shift()).isLessThanOrEqualTo(12);
  }

  @Test
  void countsBeyondTheRangeOfAnIntAreKept() throws Exception {
    ScoreHistogram histogram = new ScoreHistogram();
    histogram.add(2, true);
    histogram.add(1, false);
    histogram.add(1, false);
    histogram.add(1, false);
    for (int doubling = 0; doubling < 40; doubling++) {
      histogram.merge(javaRoundTrip(histogram));
    }
    ScoreHistogram copy = javaRoundTrip(histogram);
    LabelledScores spread = LabelledScores.overlapping(14, 300_000);
    ScoreHistogram coarse = histogram(spread.scores(), spread.positive());
    PixelMetrics before = coarse.metrics();
    coarse.merge(histogram);

    assertThat(copy).isEqualTo(histogram);
    assertThat(histogram.metrics().positives()).isEqualTo(1L << 40);
    assertThat(histogram.metrics().pixels()).isEqualTo(1L << 42);
    assertExact(histogram.metrics().auroc(), 1);
    assertThat(coarse.metrics().pixels()).isEqualTo((1L << 42) + before.pixels());
    assertThat(coarse.metrics().positives()).isEqualTo((1L << 40) + before.positives());
  }

  @Test
  void travelsByJavaAndByKryo() throws Exception {
    LabelledScores data = LabelledScores.overlapping(15, 50_000);
    ScoreHistogram histogram = histogram(data.scores(), data.positive());
    SerializerInstance kryo = new KryoSerializer(new SparkConf(false)).newInstance();

    ScoreHistogram byKryo =
        kryo.deserialize(
            kryo.serialize(histogram, ClassTag$.MODULE$.apply(ScoreHistogram.class)),
            ClassTag$.MODULE$.apply(ScoreHistogram.class));

    assertThat(javaRoundTrip(histogram)).isEqualTo(histogram);
    assertThat(byKryo).isEqualTo(histogram);
    assertThat(javaBytes(new ScoreHistogram()).length).isLessThan(200);
    assertThat(javaBytes(histogram).length).isLessThan(6 * 50_000);
  }

  private static ScoreHistogram javaRoundTrip(ScoreHistogram histogram) throws Exception {
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(javaBytes(histogram)))) {
      return (ScoreHistogram) in.readObject();
    }
  }

  private static byte[] javaBytes(ScoreHistogram histogram) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(histogram);
    }
    return bytes.toByteArray();
  }

  private static ScoreHistogram histogram(float[] scores, boolean[] positive) {
    ScoreHistogram histogram = new ScoreHistogram();
    histogram.addRow(scores, positive, scores.length);
    return histogram;
  }

  private static boolean[] labels(String digits) {
    boolean[] labels = new boolean[digits.length()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = digits.charAt(i) == '1';
    }
    return labels;
  }

  private static Estimate[] all(PixelMetrics metrics) {
    return new Estimate[] {metrics.auprc(), metrics.auprcTrapezoid(), metrics.auroc()};
  }

  private static void assertExact(Estimate actual, double expected) {
    assertThat(actual.getAsDouble()).isCloseTo(expected, within(1e-13));
    assertThat(actual.lower()).isEqualTo(actual.getAsDouble()).isEqualTo(actual.upper());
  }

  private static void assertEncloses(Estimate actual, double exact) {
    assertThat(exact).isBetween(actual.lower() - 1e-13, actual.upper() + 1e-13);
    assertThat(actual.getAsDouble()).isBetween(actual.lower(), actual.upper());
    assertThat(actual.upper() - actual.lower()).isLessThan(1e-4);
  }
}
