package io.nightjar.metric;

import io.nightjar.metric.result.ItemMetrics;
import io.nightjar.score.ImageScoreKind;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Items by the scores and labels of the images that show them. */
final class ItemScores {
  private ItemScores() {}

  /** The metrics of the items; empty where no image says what item it shows. */
  static Optional<ItemMetrics> metrics(Collection<ImageRecord> images, ImageScoreKind kind) {
    if (images.stream().allMatch(image -> image.image().item().isEmpty())) {
      return Optional.empty();
    }
    // An image without an item is one of its own; its path must not meet the name of another.
    Map<String, ImageRecord> items = new TreeMap<>();
    for (ImageRecord image : images) {
      String item = image.image().item();
      items.merge(
          item.isEmpty() ? "image/" + image.path() : "item/" + item, image, ItemScores::joined);
    }
    int defective = (int) items.values().stream().filter(ImageRecord::defective).count();
    return Optional.of(
        new ItemMetrics(
            items.size(),
            defective,
            ImageMetrics.auroc(items.values(), kind),
            ImageMetrics.averagePrecision(items.values(), kind)));
  }

  /** Two images of one item as one: the larger score of each kind, defective if any is. */
  private static ImageRecord joined(ImageRecord a, ImageRecord b) {
    TestImage image =
        new TestImage(a.path(), a.defect(), a.defective() || b.defective(), "", a.image().item());
    return new ImageRecord(
        image,
        a.scores().larger(b.scores()),
        a.pixels() + b.pixels(),
        a.positives() + b.positives(),
        a.absence());
  }
}
