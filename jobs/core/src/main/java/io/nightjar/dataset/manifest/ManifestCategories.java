package io.nightjar.dataset.manifest;

import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Split;
import io.nightjar.dataset.layout.CategoryNames;
import io.nightjar.dataset.layout.LayoutChoice;
import io.nightjar.dataset.layout.Purpose;
import io.nightjar.dataset.ledger.Ledger;
import io.nightjar.dataset.ledger.PassedOver;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.HadoopPaths;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;

/** The categories that the rows of a manifest make. */
final class ManifestCategories {
  private final Path manifest;
  private final Path base;
  private final Purpose purpose;

  /**
   * @param base the folder that paths are relative to
   */
  ManifestCategories(Path manifest, Path base, Purpose purpose) {
    this.manifest = manifest;
    this.base = base;
    this.purpose = purpose;
  }

  /**
   * The categories, sorted by name.
   *
   * @param images each once
   * @param only the categories that are asked for; empty for all
   * @throws InvalidInputException if one lacks training images that the purpose needs
   */
  Catalogue of(List<ManifestRow> images, List<String> only) {
    Map<String, List<ManifestRow>> all = new TreeMap<>();
    images.forEach(
        image -> all.computeIfAbsent(image.category(), first -> new ArrayList<>()).add(image));
    Map<String, List<ManifestRow>> selected = CategoryNames.select(only, all);
    List<Category> categories = new ArrayList<>();
    selected.forEach((name, rows) -> categories.add(category(name, rows)));
    List<String> others =
        images.stream()
            .filter(image -> !selected.containsKey(image.category()))
            .flatMap(image -> image.entries().stream())
            .toList();
    Ledger rest = Ledger.ofUsed(others.size()).passing(PassedOver.Kind.NOT_SELECTED, others);
    return new Catalogue(
        "a manifest: " + Text.counted(images.size(), "image", "images"),
        LayoutChoice.MANIFEST,
        categories,
        rest);
  }

  private Category category(String name, List<ManifestRow> rows) {
    List<ImageRef> train = new ArrayList<>();
    List<ImageRef> test = new ArrayList<>();
    Map<PassedOver.Kind, List<String>> passed = new EnumMap<>(PassedOver.Kind.class);
    long entries = 0;
    for (ManifestRow row : rows) {
      entries += row.entries().size();
      if (row.isTraining()) {
        training(row, train, passed);
      } else if (row.isTest() && purpose.tests()) {
        test(row, test, passed);
      } else {
        pass(PassedOver.Kind.NOT_NEEDED, row.entries(), passed);
      }
    }
    if (purpose.learns() && train.isEmpty()) {
      throw new InvalidInputException(
          Text.format(
              "Category '%s' has no training images: the manifest %s has no row with its name and"
                  + " the split train.",
              name, manifest));
    }
    Ledger ledger = Ledger.ofUsed(entries);
    for (Map.Entry<PassedOver.Kind, List<String>> kind : passed.entrySet()) {
      ledger = ledger.passing(kind.getKey(), kind.getValue());
    }
    return new Category(name, train, test, List.of(), ledger);
  }

  private void training(
      ManifestRow row, List<ImageRef> train, Map<PassedOver.Kind, List<String>> passed) {
    pass(PassedOver.Kind.NOT_NEEDED, row.masks(), passed);
    if (!row.isGood() && !row.label().isEmpty()) {
      pass(PassedOver.Kind.DEFECTIVE_TRAINING, List.of(row.name()), passed);
    } else if (purpose == Purpose.SCORE) {
      pass(PassedOver.Kind.NOT_NEEDED, List.of(row.name()), passed);
    } else {
      train.add(ref(row, Split.TRAIN, ImageRef.GOOD, List.of()));
      if (purpose.onlyCounts()) {
        pass(PassedOver.Kind.NOT_NEEDED, List.of(row.name()), passed);
      }
    }
  }

  private void test(
      ManifestRow row, List<ImageRef> test, Map<PassedOver.Kind, List<String>> passed) {
    if (!purpose.masks()) {
      test.add(ref(row, Split.TEST, ImageRef.GOOD, List.of()));
      pass(PassedOver.Kind.NOT_NEEDED, row.masks(), passed);
    } else if (row.label().isEmpty()) {
      pass(PassedOver.Kind.UNLABELLED, row.entries(), passed);
    } else {
      test.add(ref(row, Split.TEST, row.label(), row.masks()));
      if (row.isGood()) {
        pass(PassedOver.Kind.MASK_OF_GOOD, row.masks(), passed);
      }
    }
  }

  private static void pass(
      PassedOver.Kind kind, List<String> entries, Map<PassedOver.Kind, List<String>> passed) {
    passed.computeIfAbsent(kind, first -> new ArrayList<>()).addAll(entries);
  }

  private ImageRef ref(ManifestRow row, Split split, String label, List<String> masks) {
    boolean lacksMask = masks.isEmpty() && !label.equals(ImageRef.GOOD);
    return new ImageRef(
        row.category(),
        split,
        label,
        row.name(),
        resolve(row, row.uri()),
        masks.stream().map(mask -> resolve(row, mask)).toList(),
        lacksMask ? ImageRef.EXPECTED + "one in the column mask of " + manifest : "",
        row.group(),
        row.item());
  }

  private String resolve(ManifestRow row, String uri) {
    try {
      return new Path(base, HadoopPaths.parse(uri)).toString();
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          Text.format(
              "The manifest %s names '%s' in row %d, which is no valid path: %s.",
              manifest, uri, row.line(), e.getMessage()),
          e);
    }
  }
}
