package io.nightjar.job.options;

import static io.nightjar.job.options.OptionRange.require;

import io.nightjar.error.InvalidInputException;
import java.util.Map;

/**
 * How an approximate search is compared with the exact one.
 *
 * @param images test images of a category that both are asked about, at least 1
 */
public record SearchCheck(int images) {
  /** Eight images of a category. */
  public static final SearchCheck DEFAULT = new SearchCheck(8);

  /**
   * Checks the range.
   *
   * @param images test images of a category, at least 1
   * @throws InvalidInputException if there is no image to check with
   */
  public SearchCheck {
    require(images >= 1, "search-check-images", images, "at least 1");
  }

  /**
   * The option by its name in {@code run.json}; nothing where the search is exact.
   *
   * @param search names the method
   * @return the value by its name, or an empty map
   */
  public Map<String, Object> asMap(SearchOptions search) {
    return search.method().isExact() ? Map.of() : Map.of("search_check_images", images);
  }
}
