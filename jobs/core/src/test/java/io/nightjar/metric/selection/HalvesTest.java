package io.nightjar.metric.selection;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.metric.sample.SampleImage;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HalvesTest {
  private static List<SampleImage> images(String defect, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Scored.image(Text.format("test/%s/%03d", defect, i), defect, "", i))
        .toList();
  }

  private static List<SampleImage> all(int good, int cuts, int dents) {
    List<SampleImage> all = new ArrayList<>(images("cut", cuts));
    all.addAll(images("dent", dents));
    all.addAll(images("good", good));
    return all;
  }

  private static int count(int[] half, List<SampleImage> images, String defect) {
    return IntStream.range(0, half.length)
        .filter(i -> images.get(i).defect().equals(defect))
        .map(i -> half[i])
        .sum();
  }

  @Test
  void everyImageIsInOneOfBothHalves() {
    Halves halves = Halves.draw(all(20, 11, 8), 50, 1, "bottle");

    for (int i = 0; i < 50; i++) {
      for (int image = 0; image < 39; image++) {
        assertThat(halves.first()[i][image] + halves.second()[i][image]).isEqualTo(1);
      }
    }
  }

  @Test
  void everyKindOfDefectIsDividedEvenly() {
    List<SampleImage> images = all(20, 11, 9);
    Halves halves = Halves.draw(images, 200, 1, "bottle");

    int more = 0;
    for (int[] half : halves.first()) {
      assertThat(count(half, images, "good")).isEqualTo(10);
      assertThat(count(half, images, "cut")).isBetween(5, 6);
      // Of two odd kinds each half gets one image more.
      assertThat(count(half, images, "cut") + count(half, images, "dent")).isEqualTo(10);
      more += count(half, images, "cut") - 5;
    }
    assertThat(more).isBetween(60, 140);
  }

  @Test
  void theImagesOfAnItemStayTogether() {
    List<SampleImage> images = new ArrayList<>();
    for (int item = 0; item < 10; item++) {
      for (int view = 0; view < 3; view++) {
        // A scratch shows in one view only: the item as a whole is defective.
        String defect = item < 4 && view == 1 ? "scratch" : "good";
        images.add(Scored.image(Text.format("%02d/%d", item, view), defect, "item" + item, item));
      }
    }

    Halves halves = Halves.draw(images, 100, 1, "bottle");

    for (int[] half : halves.first()) {
      int defective = 0;
      for (int item = 0; item < 10; item++) {
        assertThat(Set.copyOf(List.of(half[3 * item], half[3 * item + 1], half[3 * item + 2])))
            .hasSize(1);
        defective += item < 4 ? half[3 * item] : 0;
      }
      assertThat(defective).isEqualTo(2);
    }
  }

  @Test
  void dependsOnTheSeedAndTheCategoryAlone() {
    List<SampleImage> images = all(20, 10, 10);
    int[][] drawn = Halves.draw(images, 20, 1, "bottle").first();

    assertThat(Halves.draw(images, 20, 1, "bottle").first()).isDeepEqualTo(drawn);
    assertThat(Halves.draw(images, 20, 2, "bottle").first()[0]).isNotEqualTo(drawn[0]);
    assertThat(Halves.draw(images, 20, 1, "cable").first()[0]).isNotEqualTo(drawn[0]);
    Set<String> different = new HashSet<>();
    for (int[] half : drawn) {
      different.add(Arrays.toString(half));
    }
    assertThat(different).hasSize(20);
  }
}
