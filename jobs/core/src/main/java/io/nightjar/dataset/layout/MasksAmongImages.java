package io.nightjar.dataset.layout;

import io.nightjar.dataset.ImageFiles;
import io.nightjar.dataset.LabelImages;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.dataset.listing.Entry;
import io.nightjar.dataset.listing.FileKinds;
import io.nightjar.dataset.listing.FolderListing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks and label images that lie next to the images that they belong to: {@code X_label.*}, {@code
 * X_mask.*} or {@code X_gt.*} next to {@code X.*}, as in KolektorSDD, and {@code X.png} next to
 * {@code X.jpg}, as in the magnetic-tile data set, where the former have few values and the latter
 * many.
 */
final class MasksAmongImages {
  private static final Pattern NAMED =
      Pattern.compile(
          "(.+?)(?:\\.(?:png|jpe?g|bmp|tiff?))?[_.-]"
              + "(?:labels?|masks?|gt|ground_?truth|seg|segmentation|annotations?)",
          Pattern.CASE_INSENSITIVE);

  /** Pairs that are looked into; what these are, the others are taken to be. */
  private static final int LOOKED_INTO = 5;

  private final FolderListing listing;
  private final Set<Entry> masks = new HashSet<>();

  /**
   * Finds the masks.
   *
   * @param images below one folder, all of which could be images by their names
   */
  MasksAmongImages(List<Entry> images, FolderListing listing) {
    this.listing = listing;
    Map<String, List<Entry>> byStem = new LinkedHashMap<>();
    for (Entry image : images) {
      byStem.computeIfAbsent(stem(image), first -> new ArrayList<>()).add(image);
    }
    for (Entry image : images) {
      Matcher named = NAMED.matcher(stem(image));
      if (named.matches() && byStem.containsKey(named.group(1))) {
        masks.add(image);
      }
    }
    addPaired(
        byStem.values().stream()
            .map(sharing -> sharing.stream().filter(image -> !masks.contains(image)).toList())
            .filter(sharing -> sharing.size() == 2)
            .toList());
  }

  /** Whether an image is the mask of another one. */
  boolean contains(Entry image) {
    return masks.contains(image);
  }

  /** Files of two extensions under one stem: which of the extensions is that of masks. */
  private void addPaired(List<List<Entry>> pairs) {
    Map<String, List<List<Entry>>> byExtensions = new HashMap<>();
    for (List<Entry> pair : pairs) {
      byExtensions
          .computeIfAbsent(
              extension(pair.get(0)) + "/" + extension(pair.get(1)), first -> new ArrayList<>())
          .add(pair);
    }
    for (List<List<Entry>> alike : byExtensions.values()) {
      maskOf(alike.subList(0, Math.min(LOOKED_INTO, alike.size())))
          .ifPresent(index -> alike.forEach(pair -> masks.add(pair.get(index))));
    }
  }

  /** Which of two files is the mask, where that is so in all of the pairs. */
  private Optional<Integer> maskOf(List<List<Entry>> pairs) {
    Optional<Integer> mask = Optional.empty();
    for (List<Entry> pair : pairs) {
      boolean first = hasFewColours(pair.get(0));
      boolean second = hasFewColours(pair.get(1));
      int index = first ? 0 : 1;
      if (first == second || mask.orElse(index) != index) {
        return Optional.empty();
      }
      mask = Optional.of(index);
    }
    return mask;
  }

  private boolean hasFewColours(Entry image) {
    try {
      return LabelImages.hasFewColours(listing.content(image.path()), image.path().toString());
    } catch (UnreadableFileException e) {
      return false; // it is reported when the images are read
    }
  }

  private static String extension(Entry image) {
    return FileKinds.extension(image.name());
  }

  private static String stem(Entry image) {
    return ImageFiles.stem(image.path().toString());
  }
}
