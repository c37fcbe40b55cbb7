package io.nightjar.dataset.map;

import io.nightjar.dataset.ledger.Ledger;
import java.util.List;
import java.util.Map;

/**
 * The anomaly maps of a data set.
 *
 * @param maps of each category's test images, in the order of the images
 * @param inputs what became of the entries of each category's folder of maps
 * @param others what became of the entries that belong to no category
 */
public record FoundMaps(
    Map<String, List<MapRef>> maps, Map<String, Ledger> inputs, Ledger others) {}
