package io.nightjar.dataset.manifest;

import io.nightjar.dataset.ImageRef;
import io.nightjar.text.Addresses;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A row of a manifest: an image.
 *
 * @param line of the file, or the row's number, from 1
 * @param uri of the image, from the root, relative to the manifest's folder, or with a scheme
 * @param category that it belongs to; empty where the manifest has no such column
 * @param split {@code train}, {@code test} or {@code validation}
 * @param label its kind of defect, {@link ImageRef#GOOD} for none; empty where that is unknown
 * @param masks as the image
 * @param group what it shares with images of other kinds; empty for nothing
 * @param item the object that it shows, as other images may; empty where that is unknown
 * @param name in results; by default the URI
 */
public record ManifestRow(
    int line,
    String uri,
    String category,
    String split,
    String label,
    List<String> masks,
    String group,
    String item,
    String name) {
  /** The columns, in the order in which they are written. */
  public static final List<String> COLUMNS =
      List.of("uri", "category", "split", "label", "mask", "group", "item", "name");

  /** Between the masks of an image. */
  public static final String SEPARATOR = "|";

  private static final List<String> GOOD = List.of(ImageRef.GOOD, "normal", "ok", "0");

  /** The row of an image. */
  public static ManifestRow of(ImageRef image) {
    return new ManifestRow(
        0,
        image.uri(),
        image.category(),
        image.split().name().toLowerCase(Locale.ROOT),
        image.defect(),
        image.maskUris(),
        image.group(),
        image.item(),
        image.relativePath());
  }

  static ManifestRow of(int line, Map<String, String> cells) {
    String uri = cells.getOrDefault("uri", "").strip();
    String label = cells.getOrDefault("label", "").strip();
    String name = cells.getOrDefault("name", "").strip();
    return new ManifestRow(
        line,
        uri,
        cells.getOrDefault("category", "").strip(),
        cells.getOrDefault("split", "").strip().toLowerCase(Locale.ROOT),
        GOOD.contains(label.toLowerCase(Locale.ROOT)) ? ImageRef.GOOD : label,
        Stream.of(cells.getOrDefault("mask", "").split("\\|", -1))
            .map(String::strip)
            .filter(mask -> !mask.isEmpty())
            .toList(),
        cells.getOrDefault("group", "").strip(),
        cells.getOrDefault("item", "").strip(),
        Addresses.redacted(name.isEmpty() ? uri : name));
  }

  /** The cells by their columns. */
  public Map<String, String> cells() {
    return Map.of(
        "uri", uri,
        "category", category,
        "split", split,
        "label", label,
        "mask", masks.stream().collect(Collectors.joining(SEPARATOR)),
        "group", group,
        "item", item,
        "name", name);
  }

  boolean isTraining() {
    return split.equals("train");
  }

  boolean isTest() {
    return split.equals("test");
  }

  boolean isGood() {
    return label.equals(ImageRef.GOOD);
  }

  /** Whether another row of the same image only has other masks. */
  boolean matches(ManifestRow other) {
    return split.equals(other.split)
        && label.equals(other.label)
        && group.equals(other.group)
        && item.equals(other.item)
        && name.equals(other.name);
  }

  /** The image with the masks of both rows. */
  ManifestRow withMasksOf(ManifestRow other) {
    List<String> all = Stream.concat(masks.stream(), other.masks.stream()).distinct().toList();
    return new ManifestRow(line, uri, category, split, label, all, group, item, name);
  }

  ManifestRow inCategory(String named) {
    return new ManifestRow(line, uri, named, split, label, masks, group, item, name);
  }

  /** The entries that it names, an image and its masks, as one kind of what is passed over. */
  List<String> entries() {
    return Stream.concat(Stream.of(name), masks.stream()).toList();
  }
}
