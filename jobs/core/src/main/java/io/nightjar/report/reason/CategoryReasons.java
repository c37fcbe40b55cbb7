package io.nightjar.report.reason;

import java.util.List;

/**
 * The reasons of a category's images.
 *
 * @param patches image by image in catalogue order, those of an image from the highest score down
 * @param shown paths of the images that the page shows, the highest score first
 * @param notes sentences on images that have no reasons
 */
public record CategoryReasons(List<PatchReason> patches, List<String> shown, List<String> notes) {
  /** None were asked for. */
  public static final CategoryReasons NONE = new CategoryReasons(List.of(), List.of(), List.of());

  /** Copies the lists. */
  public CategoryReasons {
    patches = List.copyOf(patches);
    shown = List.copyOf(shown);
    notes = List.copyOf(notes);
  }
}
