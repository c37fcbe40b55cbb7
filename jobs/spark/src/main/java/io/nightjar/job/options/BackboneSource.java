package io.nightjar.job.options;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.spec.Size;
import io.nightjar.backbone.weights.WeightPlaces;
import io.nightjar.error.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * A network by its parts and the place of its weights, loaded when it is needed.
 *
 * @param spec what the embedding consists of
 * @param weights a local path, a Hadoop URI, an http(s) address, or a name such as {@code
 *     torchvision:resnet50}; of several networks one for each, between commas
 * @param weightsSha256 what the weights' SHA-256 must be, in hexadecimal, of several networks one
 *     for each; empty where it is only recorded
 */
public record BackboneSource(EmbeddingSpec spec, String weights, Optional<String> weightsSha256) {

  /**
   * Reads the weights.
   *
   * @param configuration names the file systems
   * @return the network with its weights
   * @throws InvalidInputException if they cannot be read or do not fit the network
   */
  public BackboneModel load(Configuration configuration) {
    return BackboneModel.build(spec, places().load(configuration));
  }

  /**
   * Where the weights of each network are.
   *
   * @return a place for each
   * @throws InvalidInputException if there are not as many as networks
   */
  public WeightPlaces places() {
    return WeightPlaces.of(spec.architectures(), weights, weightsSha256);
  }

  /**
   * Every part by the name of its option.
   *
   * @return values by name, in a fixed order; {@code weights_sha256} only where one is required
   */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("backbone", spec.backbones());
    map.put("layers", spec.layers());
    map.put("image_size", spec.imageSize().value());
    if (spec.imageSizes().size() > 1) {
      map.put("image_sizes", spec.imageSizes().stream().map(Size::value).toList());
    }
    map.put("grid", spec.grid().value());
    map.put("precision", spec.precision().id());
    map.put("weights", weights);
    weightsSha256.ifPresent(hash -> map.put("weights_sha256", hash));
    return map;
  }
}
