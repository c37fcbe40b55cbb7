package io.nightjar.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.metric.result.Estimate;
import io.nightjar.metric.result.SubsetMetrics;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Defective images without a mask: scores 3 and 5 of good images, 7 and 4 of the cuts, of which the
 * second has no mask, and 9 of the hole.
 */
class MissingMasksTest {
  private static final LabelledImage GOOD_3 = good("a", "13", "21");
  private static final LabelledImage GOOD_5 = good("b", "52", "11");
  private static final LabelledImage CUT_7 = drawn("cut/0", "cut", "71", "11", "#.", "..");
  private static final LabelledImage CUT_4 = drawn("cut/1", "cut", "43", "21", "..", "..");
  private static final LabelledImage HOLE_9 = drawn("hole/0", "hole", "91", "62", "#.", ".#");

  private static final String CATEGORY_REASON =
      "1 of the 3 defective test images has no mask (cut/1_mask.png is absent). Add the masks or"
          + " remove the images to get pixel figures";

  @Test
  void imageFiguresAreOfAllImages() {
    CategoryMetrics metrics = complete(oneMissing());

    assertThat(metrics.imageAuroc().getAsDouble()).isEqualTo(5 / 6.0); // only 4 < 5
    // 9 and 7 are found at precision 1, 4 after one good image.
    assertThat(metrics.imageAveragePrecision().getAsDouble())
        .isCloseTo((1 + 1 + 3 / 4.0) / 3, within(1e-15));
    assertThat(metrics.imageBestF1().f1().getAsDouble()).isEqualTo(6 / 7.0);
    assertThat(metrics.imageBestF1().threshold()).hasValue(4);
    assertThat(metrics.imageAurocCi95()).isPresent();
  }

  @Test
  void noPixelFigureIsOfPartOfTheDefects() {
    CategoryMetrics metrics = complete(oneMissing());

    assertThat(
            List.of(
                metrics.pixel().auprc(),
                metrics.pixel().auprcTrapezoid(),
                metrics.pixel().auroc(),
                metrics.aupro30(),
                metrics.aupro05(),
                metrics.aupimo(),
                metrics.pixelBestF1().f1(),
                metrics.fprAt95Tpr()))
        .containsOnly(new Estimate.Undefined(CATEGORY_REASON));
    assertThat(metrics.pixelBestF1().threshold()).isEmpty();
    assertThat(metrics.pixelAuprcCi95()).isEmpty();
    assertThat(metrics.curves().points()).isEmpty();
    assertThat(metrics.exact()).isFalse();
    assertThat(metrics.pixel().pixels()).isEqualTo(4 * 4);
    assertThat(metrics.pixel().positives()).isEqualTo(3);
  }

  @Test
  void aKindOfDefectWithAllOfItsMasksHasItsOwnFigures() {
    CategoryMetrics metrics = complete(oneMissing());

    SubsetMetrics hole = metrics.byDefect().get("hole");
    // Of positives 9 and 2, the first is found at precision 1, the second with 2 of 7 pixels.
    assertThat(hole.pixelAuprc().getAsDouble()).isCloseTo((1 + 2 / 7.0) / 2, within(1e-15));
    assertThat(hole.imageAuroc().getAsDouble()).isEqualTo(1);
    SubsetMetrics cut = metrics.byDefect().get("cut");
    assertThat(cut.images()).isEqualTo(2);
    assertThat(cut.imageAuroc().getAsDouble()).isEqualTo(3 / 4.0);
    assertThat(List.of(cut.pixelAuprc(), cut.pixelAuroc(), cut.aupro30()))
        .containsOnly(
            new Estimate.Undefined(
                "1 of the 2 test images of this kind has no mask (cut/1_mask.png is absent). Add"
                    + " the masks or remove the images to get pixel figures"));
  }

  @Test
  void eachImageWithAMaskIsCountedByTheSecondPass() {
    CategoryCounts counts = oneMissing();

    assertThat(counts.pathsOfSecondPass()).containsExactly("a", "b", "cut/0", "hole/0");
    CategoryMetrics metrics = complete(counts);
    assertThat(metrics.aupimoByImage()).containsOnlyKeys("cut/0", "cut/1", "hole/0");
    assertThat(metrics.aupimoByImage().get("cut/1"))
        .isEqualTo(new Estimate.Undefined("The image has no mask: cut/1_mask.png is absent"));
  }

  @Test
  void withoutAnyMaskNoImageIsCountedASecondTime() {
    CategoryCounts counts = counts(GOOD_3, GOOD_5);
    unmasked(counts, CUT_7);
    unmasked(counts, HOLE_9);

    assertThat(counts.pathsOfSecondPass()).isEmpty();
    CategoryMetrics metrics = counts.complete(List.of());
    assertThat(metrics.imageAuroc().getAsDouble()).isEqualTo(1);
    assertThat(metrics.imageAurocCi95()).isPresent();
    assertThat(metrics.pixel().auprc())
        .isEqualTo(
            new Estimate.Undefined(
                "None of the 2 defective test images has a mask (the first: cut/0_mask.png is"
                    + " absent). Add the masks or remove the images to get pixel figures"));
    assertThat(metrics.pixel().positives()).isZero();
  }

  @Test
  void theOnlyDefectWithoutAMaskIsNamed() {
    CategoryCounts counts = counts(GOOD_3);
    unmasked(counts, CUT_7);

    assertThat(counts.metrics().pixel().auprc())
        .isEqualTo(
            new Estimate.Undefined(
                "The defective test image has no mask (cut/0_mask.png is absent). Add the masks or"
                    + " remove the images to get pixel figures"));
  }

  @Test
  void neitherOrderNorTransportChangesTheCounts() throws Exception {
    CategoryCounts backwards = counts(HOLE_9);
    CategoryCounts second = new CategoryCounts();
    unmasked(second, CUT_4);
    CUT_7.count(second);
    GOOD_5.count(second);
    GOOD_3.count(second);
    backwards.merge(second);

    assertThat(backwards).isEqualTo(oneMissing());
    assertThat(serialized(oneMissing())).isEqualTo(oneMissing());
    assertThat(byKryo(oneMissing())).isEqualTo(oneMissing());
    assertThat(CategoryCountsCodec.decode(CategoryCountsCodec.encode(oneMissing())))
        .isEqualTo(oneMissing());
    assertThat(byKryo(oneMissing()).metrics()).isEqualTo(oneMissing().metrics());
  }

  @Test
  void anImageIsCountedOnceWithOrWithoutItsMask() {
    CategoryCounts counts = oneMissing();

    assertThatThrownBy(() -> counts.unmasked("cut/0", "cut", "its mask is absent", 2, 2))
        .hasMessageContaining("cut/0 is counted twice");
    assertThatThrownBy(() -> CUT_4.count(counts)).hasMessageContaining("cut/1 is counted twice");
    assertThatThrownBy(() -> counts.unmasked("cut/2", "cut", "", 2, 2))
        .hasMessageContaining("Nothing is absent of image cut/2");
  }

  @Test
  void scoresThatAreNoNumbersAndMissingRowsAreRefused() {
    CategoryCounts counts = new CategoryCounts();
    ScoreFeed notANumber = counts.unmasked("cut/0", "cut", "its mask is absent", 2, 2);
    ScoreFeed incomplete = counts.unmasked("cut/1", "cut", "its mask is absent", 2, 2);
    incomplete.accept(0, new float[] {1, 2});

    assertThatThrownBy(() -> notANumber.accept(0, new float[] {1, Float.NaN}))
        .hasMessageContaining("cut/0");
    assertThatThrownBy(incomplete::end).hasMessageContaining("cut/1");
    assertThat(counts.paths()).isEmpty();
  }

  private static CategoryCounts oneMissing() {
    CategoryCounts counts = counts(GOOD_3, GOOD_5, CUT_7, HOLE_9);
    unmasked(counts, CUT_4);
    return counts;
  }

  private static CategoryMetrics complete(CategoryCounts counts) {
    CoarseBins bins = counts.coarseBins();
    return counts.complete(
        List.of(GOOD_3, GOOD_5, CUT_7, HOLE_9).stream().map(image -> image.count(bins)).toList());
  }

  private static CategoryCounts counts(LabelledImage... images) {
    CategoryCounts counts = new CategoryCounts();
    for (LabelledImage image : images) {
      image.count(counts);
    }
    return counts;
  }

  private static void unmasked(CategoryCounts counts, LabelledImage image) {
    ScoreFeed feed =
        counts.unmasked(image.path(), image.defect(), image.path() + "_mask.png is absent", 2, 2);
    image.feed(feed);
    feed.end();
  }

  private static LabelledImage good(String path, String upper, String lower) {
    return drawn(path, "good", upper, lower, "..", "..");
  }

  private static LabelledImage drawn(
      String path, String defect, String upper, String lower, String... truth) {
    return LabelledImage.drawn(path, defect, new String[] {upper, lower}, truth);
  }

  private static CategoryCounts serialized(CategoryCounts counts)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(counts);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (CategoryCounts) in.readObject();
    }
  }

  private static CategoryCounts byKryo(CategoryCounts counts) {
    Output out = new Output(4096, -1);
    counts.write(new Kryo(), out);
    CategoryCounts read = new CategoryCounts();
    read.read(new Kryo(), new Input(out.toBytes()));
    return read;
  }
}
