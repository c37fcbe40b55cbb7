package io.nightjar.dataset.layout;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The categories that a person names. */
public final class CategoryNames {
  private CategoryNames() {}

  /**
   * The requested entries of a map by name.
   *
   * @throws InvalidInputException if there is no such name, with the nearest one
   */
  public static <T> Map<String, T> select(List<String> only, Map<String, T> known) {
    if (only.isEmpty()) {
      return known;
    }
    Map<String, T> selected = new TreeMap<>();
    for (String name : only) {
      T content = known.get(name);
      if (content == null) {
        String meant =
            EditDistance.nearest(name, known.keySet())
                .map(nearest -> Text.format(" Did you mean '%s'?", nearest))
                .orElse("");
        throw new InvalidInputException(
            Text.format(
                "There is no category '%s'.%s Known are: %s.",
                name, meant, String.join(", ", known.keySet())));
      }
      selected.put(name, content);
    }
    return selected;
  }

  /** What to call the one category of a folder or a list. */
  public static String one(String location, List<String> names, String own) {
    if (names.size() > 1) {
      throw new InvalidInputException(
          Text.format(
              "%s is one category, but %d categories are named (%s); name one.",
              location, names.size(), String.join(", ", names)));
    }
    return names.isEmpty() ? own : names.get(0);
  }
}
