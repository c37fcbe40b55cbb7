package io.nightjar.dataset;

import io.nightjar.dataset.ledger.Ledger;
import java.util.List;

/**
 * What was found at a location.
 *
 * @param description what it was read as, for a person, such as {@code MVTec AD's layout}
 * @param categories its categories, sorted by name
 * @param others what became of the entries that belong to no category
 */
public record Catalogue(String description, List<Category> categories, Ledger others) {
  /** Copies the categories. */
  public Catalogue {
    categories = List.copyOf(categories);
  }

  /** What became of all entries that were found. */
  public Ledger inputs() {
    return Ledger.sum(categories.stream().map(Category::inputs).toList()).plus(others);
  }

  /** The same with other categories. */
  public Catalogue with(List<Category> changed) {
    return new Catalogue(description, changed, others);
  }
}
