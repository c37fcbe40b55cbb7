package io.nightjar.dataset.map;

import io.nightjar.dataset.ledger.Ledger;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The anomaly maps of a data set.
 *
 * @param maps of each category's test images, in the order of the images
 * @param inputs what became of the entries of each category's folder of maps
 * @param others what became of the entries that belong to no category
 */
public record FoundMaps(Map<String, List<MapRef>> maps, Map<String, Ledger> inputs, Ledger others) {

  /**
   * What became of the entries of a category's folder of maps, where some of the images turned out
   * to be unreadable or their maps did; a map goes with its image.
   *
   * @param unreadable relative paths of these images
   */
  public Ledger inputs(String category, Set<String> unreadable) {
    return inputs
        .getOrDefault(category, Ledger.EMPTY)
        .quarantining(
            maps.getOrDefault(category, List.of()).stream()
                .filter(map -> unreadable.contains(map.image().relativePath()))
                .mapToLong(map -> map.files().size())
                .sum());
  }
}
