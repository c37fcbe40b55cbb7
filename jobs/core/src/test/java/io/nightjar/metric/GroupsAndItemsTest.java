package io.nightjar.metric;

import static io.nightjar.metric.CategoryMetricsTest.assertExact;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.GroundTruth.Defect;
import io.nightjar.metric.exact.ExactAccumulator;
import io.nightjar.metric.exact.ExactMetrics;
import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.metric.result.Estimate;
import io.nightjar.metric.result.ItemMetrics;
import io.nightjar.metric.result.PixelMetrics;
import io.nightjar.metric.result.SubsetMetrics;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupsAndItemsTest {

  @Test
  void aGroupIsItsImagesAndNoOthers() {
    List<LabelledImage> images = CategoryMetricsTest.images(8, 12, 5);
    CategoryCounts counts = new CategoryCounts();
    CategoryCounts alone = new CategoryCounts();
    for (LabelledImage image : images) {
      // Of each of cut, dent and good, images 0 and 1 are of the one group and 2 of no group.
      boolean inGroup = !image.path().contains("002");
      count(image, inGroup ? "dark" : "", "", counts);
      if (inGroup) {
        image.count(alone);
      }
    }

    CategoryMetrics metrics = counts.metrics();

    assertThat(metrics.byGroup()).containsOnlyKeys("dark");
    SubsetMetrics dark = metrics.byGroup().get("dark");
    CategoryMetrics expected = alone.metrics();
    assertThat(dark.images()).isEqualTo(6);
    assertThat(dark.defective()).isEqualTo(4);
    assertThat(dark.pixels()).isEqualTo(6 * 144);
    assertThat(dark.pixelAuprc()).isEqualTo(expected.pixel().auprc());
    assertThat(dark.pixelAuroc()).isEqualTo(expected.pixel().auroc());
    assertThat(dark.aupro30()).isEqualTo(expected.aupro30());
    assertThat(dark.imageAuroc()).isEqualTo(expected.imageAuroc());
    assertThat(dark.imageAveragePrecision()).isEqualTo(expected.imageAveragePrecision());
  }

  @Test
  void groupsChangeNoOtherFigure() {
    List<LabelledImage> images = CategoryMetricsTest.images(9, 40, 0);
    CategoryCounts counts = new CategoryCounts();
    images.forEach(image -> count(image, "view" + image.path().length(), "", counts));
    CategoryMetrics grouped = counts.metrics();
    CategoryMetrics plain = CategoryMetricsTest.counts(images).metrics();

    assertThat(grouped.byDefect()).isEqualTo(plain.byDefect());
    assertThat(grouped.pixel()).isEqualTo(plain.pixel());
    assertThat(grouped.aupro30()).isEqualTo(plain.aupro30());
    assertThat(plain.byGroup()).isEmpty();
    assertThat(plain.items()).isEmpty();
  }

  @Test
  void aGroupOfAllPixelsHasTheExactMetricsOfAll() {
    List<LabelledImage> images = CategoryMetricsTest.images(7, 40, 0);
    CategoryCounts counts = new CategoryCounts();
    images.forEach(image -> count(image, "only", "", counts));
    ExactAccumulator pixels = new ExactAccumulator(counts.exactRanges(Integer.MAX_VALUE).get(0));
    for (LabelledImage image : images) {
      image.feed(pixels.image(image.mask()));
    }
    PixelMetrics exact = ExactMetrics.of(List.of(pixels.part()));

    CategoryMetrics metrics = counts.metrics().withExact(exact);

    assertThat(metrics.byGroup().get("only").pixelAuprc()).isEqualTo(exact.auprc());
    // Each kind of defect is a part of the pixels, which stays as it was.
    assertThat(metrics.byDefect()).isEqualTo(counts.metrics().byDefect());
  }

  @Test
  void aGroupWithoutDefectsHasAReason() {
    CategoryCounts counts = new CategoryCounts();
    count(image("a", "cut", "9"), "C1", "", counts);
    count(image("b", "good", "5"), "C2", "", counts);

    SubsetMetrics good = counts.metrics().byGroup().get("C2");

    assertThat(good.images()).isEqualTo(1);
    assertThat(good.defective()).isZero();
    assertThat(good.pixelAuprc())
        .isEqualTo(new Estimate.Undefined("No pixel lies inside of a defect"));
    assertThat(good.imageAuroc()).isEqualTo(new Estimate.Undefined("No test image shows a defect"));
  }

  @Test
  void aMissingMaskLeavesTheOtherGroupsTheirFigures() {
    CategoryCounts counts = new CategoryCounts();
    count(image("a", "cut", "91"), "C1", "", counts);
    count(image("b", "good", "51"), "C1", "", counts);
    count(image("c", "good", "51"), "C2", "", counts);
    ScoreFeed feed =
        counts.unmasked(new TestImage("d", "cut", true, "C2", ""), "d_mask.png is absent", 1, 1);
    feed.accept(0, new float[] {7});
    feed.end();

    CategoryMetrics metrics = counts.metrics();

    assertExact(metrics.byGroup().get("C1").imageAuroc(), 1);
    assertThat(metrics.byGroup().get("C1").pixelAuprc().isPresent()).isTrue();
    SubsetMetrics lacking = metrics.byGroup().get("C2");
    assertThat(lacking.pixelAuprc())
        .isEqualTo(
            new Estimate.Undefined(
                "The defective test image of this group has no mask (d_mask.png is absent). Add the"
                    + " masks or remove the images to get pixel figures"));
    assertExact(lacking.imageAuroc(), 1);
  }

  @Test
  void anItemIsAsDefectiveAsItsWorstView() {
    CategoryCounts counts = new CategoryCounts();
    // Item 1 has a defect that one of its views shows, and not the one that scores highest: 8.
    count(image("a", "good", "8"), "C1", "1", counts);
    count(image("b", "cut", "4"), "C2", "1", counts);
    // Item 2 is good: 5. Item 3 is defective: 3. An image of its own is good: 2.
    count(image("c", "good", "5"), "C1", "2", counts);
    count(image("d", "good", "1"), "C2", "2", counts);
    count(image("e", "cut", "3"), "C1", "3", counts);
    count(image("f", "good", "2"), "C1", "", counts);

    CategoryMetrics metrics = counts.metrics();
    ItemMetrics items = metrics.items().orElseThrow();

    assertThat(items.items()).isEqualTo(4);
    assertThat(items.defective()).isEqualTo(2);
    // Defective 8 and 3 against good 5 and 2: three of four pairs; found at 1/1 and 2/3.
    assertExact(items.auroc(), 0.75);
    assertExact(items.averagePrecision(), (1 + 2.0 / 3) / 2);
    // By view: 4 and 3 against 8, 5, 1, 2: four of eight pairs.
    assertExact(metrics.imageAuroc(), 0.5);
  }

  private static LabelledImage image(String path, String defect, String scores) {
    String truth = "#" + ".".repeat(scores.length() - 1);
    return LabelledImage.drawn(
        path,
        defect,
        new String[] {scores},
        defect.equals("good") ? ".".repeat(scores.length()) : truth);
  }

  private static void count(LabelledImage image, String group, String item, CategoryCounts counts) {
    ImageFeed feed =
        counts.image(
            new TestImage(image.path(), image.defect(), image.defective(), group, item),
            image.mask(),
            List.<Defect>of());
    image.feed(feed);
    feed.end();
  }
}
