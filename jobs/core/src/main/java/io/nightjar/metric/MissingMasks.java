package io.nightjar.metric;

import io.nightjar.text.Text;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Why there are no pixel figures where defective images have no mask. Figures over those that have
 * one would be of part of the defects, and would change with every mask that is drawn.
 */
final class MissingMasks {
  private MissingMasks() {}

  /** The reason for a category; empty where every defective image has a mask. */
  static Optional<String> reason(Collection<ImageRecord> images) {
    return reason(images, "defective test images", "The defective test image has no mask");
  }

  /** The reason for the images of one type of defect, some good ones among them. */
  static Optional<String> reasonOfDefect(Collection<ImageRecord> images) {
    return reason(images, "test images of this kind", "The test image of this kind has no mask");
  }

  /** The reason for the images of one group. */
  static Optional<String> reasonOfGroup(Collection<ImageRecord> images) {
    return reason(
        images,
        "defective test images of this group",
        "The defective test image of this group has no mask");
  }

  /** The reason for one image. */
  static String reason(ImageRecord image) {
    return Text.format("The image has no mask: %s", image.absence());
  }

  /**
   * The paths of the images whose ground truth is known; none where no defective image is among
   * them because of missing masks, since good ones alone have no figures.
   */
  static List<String> withTruth(Collection<ImageRecord> images) {
    List<ImageRecord> known = images.stream().filter(ImageRecord::hasTruth).toList();
    boolean missing = known.size() < images.size();
    return missing && known.stream().noneMatch(ImageRecord::defective)
        ? List.of()
        : known.stream().map(ImageRecord::path).toList();
  }

  private static Optional<String> reason(
      Collection<ImageRecord> images, String plural, String single) {
    List<ImageRecord> defective = images.stream().filter(ImageRecord::defective).toList();
    List<ImageRecord> missing = defective.stream().filter(image -> !image.hasTruth()).toList();
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    String subject;
    if (defective.size() == 1) {
      subject = single;
    } else if (missing.size() == defective.size()) {
      subject = Text.format("None of the %d %s has a mask", defective.size(), plural);
    } else {
      String has = missing.size() == 1 ? "has" : "have";
      subject =
          Text.format("%d of the %d %s %s no mask", missing.size(), defective.size(), plural, has);
    }
    return Optional.of(
        Text.format(
            "%s (%s%s). Add the masks or remove the images to get pixel figures",
            subject, missing.size() > 1 ? "the first: " : "", missing.get(0).absence()));
  }
}
