package io.nightjar.job.fit;

import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.LabelImages;
import io.nightjar.dataset.Split;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What becomes of normal images with as few colours as masks and label images have. Among as many
 * photographs or more they are taken for masks that lie in the wrong folder, and quarantined: a
 * bank that has learnt black areas finds nothing unusual in them. Where most or all normal images
 * are so, they may be photographs of two tones, and a note says so.
 *
 * @param leftOut reasons by the paths of those that are quarantined
 * @param notes one for each category with such images that stay
 */
record LabelImagesRule(Map<String, String> leftOut, List<String> notes) {
  static final LabelImagesRule NONE = new LabelImagesRule(Map.of(), List.of());

  private record Normal(String path, boolean labelImage) {}

  /**
   * Decides by category.
   *
   * @param images that were inspected
   * @param inspected what was found of each, in the same order
   */
  static LabelImagesRule of(List<ImageRef> images, List<Inspected> inspected) {
    Map<String, List<Normal>> byCategory = new LinkedHashMap<>();
    for (int i = 0; i < images.size(); i++) {
      ImageRef image = images.get(i);
      if (image.split() == Split.TRAIN && inspected.get(i).outcome().reason().isEmpty()) {
        byCategory
            .computeIfAbsent(image.category(), first -> new ArrayList<>())
            .add(new Normal(image.relativePath(), inspected.get(i).labelImage()));
      }
    }
    LabelImagesRule rule = new LabelImagesRule(new LinkedHashMap<>(), new ArrayList<>());
    byCategory.forEach(rule::decide);
    return rule;
  }

  private void decide(String category, List<Normal> normal) {
    List<String> few = normal.stream().filter(Normal::labelImage).map(Normal::path).toList();
    if (2 * few.size() <= normal.size()) {
      few.forEach(path -> leftOut.put(path, reason()));
    } else {
      notes.add(note(category, few, normal.size()));
    }
  }

  private static String reason() {
    return Text.format(
        "It has at most %d colours, as masks and label images have, and the other normal images"
            + " have more; move it to another folder.",
        LabelImages.COLOURS);
  }

  private static String note(String category, List<String> few, int all) {
    String subject =
        few.size() == 1 && all == 1
            ? "The only normal image"
            : few.size() == all
                ? Text.format("All %d normal images", all)
                : Text.format("%d of the %d normal images", few.size(), all);
    return Text.format(
        "%s of %s %s at most %d colours, as masks and label images have (%s is the first). If masks"
            + " were learnt as normal images, move them to another folder.",
        subject, category, few.size() == 1 ? "has" : "have", LabelImages.COLOURS, few.get(0));
  }
}
