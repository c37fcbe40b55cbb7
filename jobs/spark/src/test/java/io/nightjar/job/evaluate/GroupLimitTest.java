package io.nightjar.job.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Split;
import io.nightjar.dataset.map.MapRef;
import io.nightjar.job.options.RunLabel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupLimitTest {
  private static final RunLabel OTHER = new RunLabel("Drawn", List.of(), "The images are drawn.");

  @Test
  void asManyGroupsAsAreCountedStay() {
    Category category = category(128);

    assertThat(GroupLimit.applied(category)).isEqualTo(category);
    assertThat(GroupLimit.applied(maps(category))).isEqualTo(maps(category));
    assertThat(CategoryNotes.of(category, OTHER)).isEmpty();
  }

  @Test
  void oneMoreLeavesNoneAndIsReported() {
    Category category = category(129);

    assertThat(GroupLimit.applied(category).test())
        .hasSize(130)
        .allSatisfy(image -> assertThat(image.group()).isEmpty())
        .extracting(ImageRef::item)
        .containsExactlyElementsOf(category.test().stream().map(ImageRef::item).toList());
    assertThat(GroupLimit.applied(maps(category)))
        .extracting(MapRef::uri)
        .containsExactlyElementsOf(maps(category).stream().map(MapRef::uri).toList());
    assertThat(GroupLimit.applied(maps(category)))
        .allSatisfy(map -> assertThat(map.image().group()).isEmpty());
    assertThat(CategoryNotes.of(category, OTHER))
        .containsExactly(
            "No figures by group: the test images are in 129 groups, and 128 at most are counted.");
  }

  private static List<MapRef> maps(Category category) {
    return category.test().stream()
        .map(image -> new MapRef(image, image.uri() + ".npy", ""))
        .toList();
  }

  /** An image for each group, and one of none. */
  private static Category category(int groups) {
    List<ImageRef> images = new ArrayList<>();
    for (int i = 0; i <= groups; i++) {
      images.add(
          new ImageRef(
              "nut",
              Split.TEST,
              ImageRef.GOOD,
              "test/good/" + i + ".png",
              "file:/" + i + ".png",
              List.of(),
              "",
              i == 0 ? "" : "group" + i,
              "item" + i));
    }
    return new Category("nut", List.of(), images);
  }
}
