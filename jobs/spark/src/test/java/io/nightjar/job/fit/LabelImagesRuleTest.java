package io.nightjar.job.fit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.MaskSummary;
import io.nightjar.dataset.Split;
import io.nightjar.job.run.FileOutcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelImagesRuleTest {
  private final List<ImageRef> images = new ArrayList<>();
  private final List<Inspected> inspected = new ArrayList<>();

  @Test
  void amongAsManyPhotographsTheyAreLeftOut() {
    photo("nut", "0.png");
    label("nut", "0_x.png");
    photo("nut", "1.png");
    label("nut", "1_x.png");

    LabelImagesRule rule = LabelImagesRule.of(images, inspected);

    assertThat(rule.leftOut()).containsOnlyKeys("0_x.png", "1_x.png");
    assertThat(rule.leftOut().get("0_x.png"))
        .isEqualTo(
            "It has at most 16 colours, as masks and label images have, and the other normal images"
                + " have more; move it to another folder.");
    assertThat(rule.notes()).isEmpty();
  }

  @Test
  void whereMostImagesAreSoTheyStayWithANote() {
    label("document", "0.png");
    label("document", "1.png");
    photo("document", "2.png");

    LabelImagesRule rule = LabelImagesRule.of(images, inspected);

    assertThat(rule.leftOut()).isEmpty();
    assertThat(rule.notes())
        .containsExactly(
            "2 of the 3 normal images of document have at most 16 colours, as masks and label"
                + " images have (0.png is the first). If masks were learnt as normal images, move"
                + " them to another folder.");
  }

  @Test
  void eachCategoryDecidesForItself() {
    label("document", "0.png");
    photo("nut", "0.png");
    photo("nut", "1.png");
    label("nut", "2.png");

    LabelImagesRule rule = LabelImagesRule.of(images, inspected);

    assertThat(rule.leftOut()).containsOnlyKeys("2.png");
    assertThat(rule.notes())
        .singleElement()
        .asString()
        .startsWith("The only normal image of document has at most 16 colours");
  }

  @Test
  void unreadableAndTestImagesDoNotCount() {
    photo("nut", "0.png");
    label("nut", "1.png");
    add("nut", Split.TRAIN, "2.png", "The file is empty (0 bytes).", false);
    add("nut", Split.TEST, "3.png", "", true);
    label("nut", "4.png");

    LabelImagesRule rule = LabelImagesRule.of(images, inspected);

    assertThat(rule.leftOut()).isEmpty();
    assertThat(rule.notes()).singleElement().asString().startsWith("2 of the 3 normal images");
  }

  @Test
  void photographsAloneNeedNoWord() {
    photo("nut", "0.png");

    assertThat(LabelImagesRule.of(images, inspected)).isEqualTo(LabelImagesRule.NONE);
  }

  private void photo(String category, String path) {
    add(category, Split.TRAIN, path, "", false);
  }

  private void label(String category, String path) {
    add(category, Split.TRAIN, path, "", true);
  }

  private void add(String category, Split split, String path, String reason, boolean label) {
    images.add(new ImageRef(category, split, "good", path, "file:/" + path, ""));
    inspected.add(
        new Inspected(new FileOutcome(path, "", reason), MaskSummary.NONE, 0, label, 1, 1));
  }
}
