package io.nightjar.job.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Split;
import io.nightjar.job.options.RunLabel;
import java.util.List;
import org.junit.jupiter.api.Test;

class CategoryNotesTest {
  private static final RunLabel OTHER = new RunLabel("Drawn", List.of(), "The images are drawn.");

  private static ImageRef test(String category, String defect, String file, String mask) {
    return new ImageRef(
        category, Split.TEST, defect, "test/" + defect + "/" + file, "file:/" + file, mask);
  }

  @Test
  void aGoodImageWithAMaskIsNoted() {
    Category category =
        new Category(
            "nut",
            List.of(),
            List.of(
                test("nut", "good", "2.png", "file:/2_mask.png"),
                test("nut", "good", "1.png", "file:/1_mask.png"),
                test("nut", "good", "0.png", ""),
                test("nut", "broken", "3.png", "file:/3_mask.png")));

    assertThat(CategoryNotes.of(category, RunLabel.pretrained()))
        .containsExactly(
            "2 good test images have a mask (test/good/1.png is the first); they count as good,"
                + " and the masks were not used.");
  }

  @Test
  void aCategoryOfMvtecAdIsComparedWithItsCensus() {
    Category carpet =
        new Category(
            "carpet", List.of(), List.of(test("carpet", "hole", "0.png", "file:/0_mask.png")));

    // Bergmann et al. 2021, Table 1: 280 and 28 good images, 89 defective ones in 5 groups.
    assertThat(CategoryNotes.of(carpet, RunLabel.pretrained()))
        .containsExactly(
            "Category 'carpet' differs from the official MVTec AD: 0 training images (official:"
                + " 280), 0 good test images (official: 28), 1 defective test images (official:"
                + " 89), 1 groups of defects (official: 5).");
  }

  @Test
  void aDataSetThatIsNotMeantToBeMvtecAdIsNotComparedWithIt() {
    Category carpet = new Category("carpet", List.of(), List.of());

    assertThat(CategoryNotes.of(carpet, OTHER)).isEmpty();
  }
}
