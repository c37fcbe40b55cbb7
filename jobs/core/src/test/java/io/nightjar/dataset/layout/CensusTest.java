package io.nightjar.dataset.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Split;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CensusTest {
  @Test
  void theOfficialNumbersDifferInNothing() {
    assertThat(Census.difference(category("bottle", 209, 20, 21, 21, 21))).isEmpty();
  }

  @Test
  void eachDifferingNumberIsNamedWithTheOfficialOne() {
    assertThat(Census.difference(category("bottle", 200, 20, 21, 21)))
        .contains(
            "Category 'bottle' differs from the official MVTec AD: 200 training images"
                + " (official: 209), 42 defective test images (official: 63), 2 groups of defects"
                + " (official: 3).");
  }

  @Test
  void missingGoodTestImagesAreNamed() {
    assertThat(Census.difference(category("toothbrush", 60, 11, 30)).orElseThrow())
        .contains("11 good test images (official: 12)")
        .doesNotContain("training");
  }

  @Test
  void aCategoryThatIsNotOfMvtecAdIsNotCompared() {
    assertThat(Census.difference(category("gearbox", 1, 1))).isEmpty();
  }

  private static Category category(String name, int train, int good, int... defects) {
    List<ImageRef> test = new ArrayList<>(images(name, Split.TEST, "good", good));
    for (int group = 0; group < defects.length; group++) {
      test.addAll(images(name, Split.TEST, "defect" + group, defects[group]));
    }
    return new Category(name, images(name, Split.TRAIN, "good", train), test);
  }

  private static List<ImageRef> images(String category, Split split, String defect, int n) {
    List<ImageRef> images = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      String path = split.name() + "/" + defect + "/" + i + ".png";
      images.add(new ImageRef(category, split, defect, path, "file:/" + path, ""));
    }
    return images;
  }
}
