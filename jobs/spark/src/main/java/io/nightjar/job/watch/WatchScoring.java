package io.nightjar.job.watch;

import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.job.options.EmbedOptions;
import io.nightjar.job.options.MapOptions;
import io.nightjar.metric.decision.DecisionRates;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the images of a watch are scored.
 *
 * @param weights where the bank's weights are; empty for where the bank says that they came from
 * @param weightsSha256 the hash that the bank must have of them; empty for whatever it has
 * @param neighbours nearest bank rows whose mean distance is a patch's score
 * @param map how distances become maps
 * @param rates of decisions
 * @param device that computes
 * @param batchImages images in one pass through the network
 */
record WatchScoring(
    Optional<String> weights,
    Optional<String> weightsSha256,
    int neighbours,
    MapOptions map,
    DecisionRates rates,
    DeviceRequest device,
    int batchImages) {
  static final WatchScoring DEFAULT =
      new WatchScoring(
          Optional.empty(),
          Optional.empty(),
          1,
          MapOptions.DEFAULT,
          DecisionRates.NONE,
          EmbedOptions.DEFAULT.device(),
          EmbedOptions.DEFAULT.batchImages());

  WatchScoring weights(String location, Optional<String> sha256) {
    return new WatchScoring(
        Optional.of(location), sha256, neighbours, map, rates, device, batchImages);
  }

  WatchScoring neighbours(int rows) {
    return new WatchScoring(weights, weightsSha256, rows, map, rates, device, batchImages);
  }

  WatchScoring map(MapOptions options) {
    return new WatchScoring(
        weights, weightsSha256, neighbours, options, rates, device, batchImages);
  }

  WatchScoring rates(DecisionRates stated) {
    return new WatchScoring(weights, weightsSha256, neighbours, map, stated, device, batchImages);
  }

  WatchScoring device(DeviceRequest request, int images) {
    return new WatchScoring(weights, weightsSha256, neighbours, map, rates, request, images);
  }

  /** What the rows depend on besides the bank and the images. */
  Map<String, Object> ofRows() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("neighbours", neighbours);
    options.putAll(map.asMap());
    options.putAll(rates.asMap());
    return options;
  }

  Map<String, Object> asMap() {
    Map<String, Object> options = new LinkedHashMap<>();
    weights.ifPresent(location -> options.put("weights", location));
    weightsSha256.ifPresent(hash -> options.put("weights_sha256", hash));
    options.putAll(ofRows());
    options.put("device", device.id());
    options.put("batch_images", batchImages);
    return options;
  }
}
