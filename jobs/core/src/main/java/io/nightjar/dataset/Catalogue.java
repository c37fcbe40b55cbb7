package io.nightjar.dataset;

import io.nightjar.dataset.ledger.Ledger;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
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

  /**
   * Refuses what figures cannot be computed from.
   *
   * @param location where the categories were found, for the message
   * @return this
   * @throws InvalidInputException if a category has no test image; one whose test images were all
   *     left out has some
   */
  public Catalogue requireTestImages(String location) {
    List<String> empty =
        categories.stream()
            .filter(category -> category.test().isEmpty() && category.leftOut(Split.TEST).isEmpty())
            .map(Category::name)
            .toList();
    if (empty.isEmpty()) {
      return this;
    }
    throw new InvalidInputException(
        Text.format(
            "%s no test images in %s, which was read as %s. Add test images, or name the other"
                + " categories with --category.",
            empty.size() == 1
                ? Text.format("Category '%s' has", empty.get(0))
                : Text.format("The categories '%s' have", String.join("', '", empty)),
            location,
            description));
  }

  /** The same with other categories. */
  public Catalogue with(List<Category> changed) {
    return new Catalogue(description, layout, changed, others);
  }
}
