package io.nightjar.dataset;

import io.nightjar.dataset.ledger.Ledger;
import java.util.List;

/**
 * What was found at a location.
 *
 * @param description what it was read as, for a person, such as {@code MVTec AD's layout}
 * @param layout the name of its layout in options, such as {@code mvtec-ad}; empty for folders and
 *     lists without labels
 * @param categories its categories, sorted by name
 * @param others what became of the entries that belong to no category
 */
public record Catalogue(
    String description, String layout, List<Category> categories, Ledger others) {
  /** Copies the categories. */
  public Catalogue {
    categories = List.copyOf(categories);
  }

  /** Images without labels. */
  public Catalogue(String description, List<Category> categories, Ledger others) {
    this(description, "", categories, others);
  }

  /** What became of all entries that were found. */
  public Ledger inputs() {
    return Ledger.sum(categories.stream().map(Category::inputs).toList()).plus(others);
  }

  /** The same with other categories. */
  public Catalogue with(List<Category> changed) {
    return new Catalogue(description, layout, changed, others);
  }
}
