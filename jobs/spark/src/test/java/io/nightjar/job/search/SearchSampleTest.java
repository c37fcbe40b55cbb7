package io.nightjar.job.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Split;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SearchSampleTest {

  private static List<ImageRef> images(int good, int defective) {
    List<ImageRef> images = new ArrayList<>();
    for (int i = 0; i < defective; i++) {
      images.add(image("crack", i));
    }
    for (int i = 0; i < good; i++) {
      images.add(image("good", i));
    }
    return images;
  }

  private static ImageRef image(String defect, int number) {
    String path = Text.format("test/%s/%03d.png", defect, number);
    return new ImageRef("nut", Split.TEST, defect, path, "file:/nut/" + path, "");
  }

  @Test
  void halfAreDefective() {
    List<ImageRef> drawn = SearchSample.draw(images(20, 60), 8);

    assertThat(drawn).hasSize(8).doesNotHaveDuplicates();
    assertThat(drawn).filteredOn(ImageRef::isDefective).hasSize(4);
    assertThat(drawn).extracting(ImageRef::relativePath).isSorted();
    assertThat(SearchSample.draw(images(20, 60), 8)).isEqualTo(drawn);
  }

  @Test
  void oneIsDefective() {
    assertThat(SearchSample.draw(images(20, 60), 1)).allMatch(ImageRef::isDefective).hasSize(1);
  }

  @Test
  void theOthersFillUpWhatOneKindLacks() {
    assertThat(SearchSample.draw(images(1, 60), 8)).filteredOn(ImageRef::isDefective).hasSize(7);
    assertThat(SearchSample.draw(images(20, 2), 8)).filteredOn(ImageRef::isDefective).hasSize(2);
    assertThat(SearchSample.draw(images(20, 0), 8)).hasSize(8);
    assertThat(SearchSample.draw(images(2, 3), 8)).hasSize(5);
    assertThat(SearchSample.draw(List.of(), 8)).isEmpty();
  }
}
