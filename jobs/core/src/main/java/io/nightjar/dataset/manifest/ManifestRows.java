package io.nightjar.dataset.manifest;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.PlainName;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Checks the rows of a manifest, and joins those of one image. */
final class ManifestRows {
  private static final Set<String> SPLITS = Set.of("train", "test", "validation");

  /** So many faults are named, the others counted. */
  private static final int NAMED = 5;

  private final String manifest;
  private final String unit;
  private final List<String> faults = new ArrayList<>();

  /**
   * @param manifest its name, for messages
   * @param unit what rows are counted in: {@code line} or {@code row}
   */
  ManifestRows(String manifest, String unit) {
    this.manifest = manifest;
    this.unit = unit;
  }

  /**
   * The images, by category and URI, in the order of the manifest.
   *
   * @param category of rows that name none
   * @throws InvalidInputException naming the rows that cannot be used
   */
  List<ManifestRow> images(List<ManifestRow> rows, String category) {
    Map<List<String>, ManifestRow> images = new LinkedHashMap<>();
    Map<List<String>, ManifestRow> names = new LinkedHashMap<>();
    for (ManifestRow each : rows) {
      ManifestRow row = each.category().isEmpty() ? each.inCategory(category) : each;
      if (hasFault(row)) {
        continue;
      }
      List<String> key = List.of(row.category(), row.uri());
      ManifestRow first = images.get(key);
      if (first == null) {
        images.put(key, row);
        ManifestRow same = names.putIfAbsent(List.of(row.category(), row.name()), row);
        if (same != null) {
          fault(
              row,
              Text.format(
                  "the name %s is that of %s %d; name each image once",
                  row.name(), unit, same.line()));
        }
      } else if (!first.matches(row)) {
        fault(
            row,
            Text.format(
                "%s is in %s %d with another split, label, group, item or name",
                row.uri(), unit, first.line()));
      } else if (row.masks().isEmpty()) {
        fault(
            row, Text.format("%s is in %s %d already; remove one", row.uri(), unit, first.line()));
      } else {
        images.put(key, first.withMasksOf(row));
      }
    }
    refuse();
    if (images.isEmpty()) {
      throw new InvalidInputException(
          Text.format("The manifest %s names no image; write a row for each.", manifest));
    }
    return List.copyOf(images.values());
  }

  private boolean hasFault(ManifestRow row) {
    int before = faults.size();
    if (row.uri().isEmpty()) {
      fault(row, "it has no uri");
    } else if (!SPLITS.contains(row.split())) {
      fault(
          row,
          Text.format("its split is \"%s\"; it must be train, test or validation", row.split()));
    } else if (row.label().isEmpty() && !row.masks().isEmpty()) {
      fault(row, "it has a mask but no label; write the kind of defect");
    } else {
      PlainName.fault(row.category())
          .ifPresent(fault -> fault(row, "its category " + fault + "; give it another name"));
    }
    return faults.size() > before;
  }

  private void fault(ManifestRow row, String what) {
    faults.add(Text.format("%s %d: %s", unit, row.line(), what));
  }

  private void refuse() {
    if (!faults.isEmpty()) {
      List<String> named = faults.subList(0, Math.min(NAMED, faults.size()));
      Stream<String> rest =
          faults.size() > NAMED
              ? Stream.of(Text.format("and %d more", faults.size() - NAMED))
              : Stream.empty();
      throw new InvalidInputException(
          Text.format(
              "The manifest %s cannot be used: %s.",
              manifest, String.join("; ", Stream.concat(named.stream(), rest).toList())));
    }
  }
}
