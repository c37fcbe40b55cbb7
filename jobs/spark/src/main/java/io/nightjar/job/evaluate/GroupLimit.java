package io.nightjar.job.evaluate;

import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.map.MapRef;
import io.nightjar.metric.CategoryCounts;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Leaves out the figures by group where there are more groups than are counted. */
final class GroupLimit {
  private GroupLimit() {}

  /** The category, its test images in no group where there are too many. */
  static Category applied(Category category) {
    return exceeded(category.test().stream())
        ? category.withTest(category.test().stream().map(ImageRef::withoutGroup).toList())
        : category;
  }

  /** The maps, their images in no group where there are too many. */
  static List<MapRef> applied(List<MapRef> maps) {
    return exceeded(maps.stream().map(MapRef::image))
        ? maps.stream()
            .map(map -> new MapRef(map.image().withoutGroup(), map.uri(), map.fault()))
            .toList()
        : maps;
  }

  /** What the reader learns where figures were left out. */
  static Optional<String> note(Category category) {
    return exceeded(category.test().stream())
        ? Optional.of(
            Text.format(
                "No figures by group: the test images are in %d groups, and %d at most are counted.",
                groups(category.test().stream()), CategoryCounts.MAX_GROUPS))
        : Optional.empty();
  }

  private static boolean exceeded(Stream<ImageRef> images) {
    return groups(images) > CategoryCounts.MAX_GROUPS;
  }

  private static long groups(Stream<ImageRef> images) {
    return images.map(ImageRef::group).filter(group -> !group.isEmpty()).distinct().count();
  }
}
