package io.nightjar.report.reason;

import io.nightjar.report.Numbers;
import io.nightjar.score.PatchBox;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the page of reasons shows.
 *
 * @param data where the images are
 * @param categories with the images that are shown
 */
public record ReasonPage(String data, List<Section> categories) {

  /**
   * A category.
   *
   * @param sentence which of its images are shown
   * @param notes sentences on images that have no reasons
   */
  public record Section(String category, String sentence, List<String> notes, List<Image> images) {}

  /** An image with its patches, the highest score first. */
  public record Image(String path, List<Patch> patches) {}

  /**
   * A patch next to the nearest normal one.
   *
   * @param place where it is, and its score
   * @param image a data URI; empty where there is no cut-out
   * @param normalPlace where the nearest normal patch is, and how far it is
   * @param normalImage a data URI; empty where there is no cut-out
   * @param normalRemark why there is none
   * @param parts what the squared distance consists of
   */
  public record Patch(
      String place,
      String image,
      String normalPlace,
      String normalImage,
      String normalRemark,
      List<String> parts) {}

  static ReasonPage of(String data, RunReasons reasons) {
    List<Section> sections = new ArrayList<>();
    reasons.categories().forEach((name, own) -> sections.add(section(name, own, reasons.stages())));
    return new ReasonPage(data, sections);
  }

  private static Section section(String category, CategoryReasons own, List<String> stages) {
    Map<String, List<PatchReason>> byImage =
        own.patches().stream().collect(Collectors.groupingBy(PatchReason::path));
    List<Image> images =
        own.shown().stream()
            .filter(byImage::containsKey)
            .map(
                path ->
                    new Image(
                        path,
                        byImage.get(path).stream().map(patch -> patch(patch, stages)).toList()))
            .toList();
    return new Section(
        category,
        Text.format(
            "%s of %s, those with the highest scores; the table reasons.csv has all.",
            Text.counted(images.size(), "image", "images"), Numbers.count(byImage.size())),
        own.notes(),
        images);
  }

  private static Patch patch(PatchReason patch, List<String> stages) {
    return new Patch(
        Text.format(
            "Patch %d: score %s, row %d, column %d; %s",
            patch.number(),
            Numbers.fixed(patch.score(), 4),
            patch.row(),
            patch.column(),
            pixels(patch.box())),
        uri(patch.shown()),
        Text.format(
            "Nearest normal patch: distance %s, %s, row %d, column %d%s",
            Numbers.fixed(patch.distance(), 4),
            patch.normal().path(),
            patch.normal().row(),
            patch.normal().column(),
            patch.normal().box().map(box -> "; " + pixels(box)).orElse("")),
        uri(patch.normal().shown()),
        patch.normal().remark(),
        parts(patch, stages));
  }

  private static String pixels(PatchBox box) {
    return Text.format(
        "pixels %d to %d across, %d to %d down",
        box.left(), box.left() + box.width() - 1, box.top(), box.top() + box.height() - 1);
  }

  private static List<String> parts(PatchReason patch, List<String> stages) {
    List<String> parts = new ArrayList<>();
    if (patch.stages().isEmpty()) {
      parts.add("The patch equals the normal one.");
    } else {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < stages.size(); i++) {
        names.add(stages.get(i) + " " + percent(patch.stages().get(i)));
      }
      if (patch.position() > 0) {
        names.add("position " + percent(patch.position()));
      }
      parts.add("Of the squared distance: " + String.join(", ", names) + ".");
      parts.add(
          "Largest components: "
              + patch.components().stream()
                  .map(one -> one.number() + " with " + percent(one.fraction()))
                  .collect(Collectors.joining(", "))
              + ".");
    }
    patch
        .outside()
        .ifPresent(
            fraction ->
                parts.add(
                    Text.format(
                        "Outside the components: %s of the patch's deviation from the mean.",
                        percent(fraction))));
    return parts;
  }

  private static String percent(double fraction) {
    return Numbers.fixed(100 * fraction, 1) + " %";
  }

  private static String uri(Optional<ShownPatch> shown) {
    return shown
        .map(one -> "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(one.jpeg()))
        .orElse("");
  }
}
