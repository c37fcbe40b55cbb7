package io.nightjar.backbone;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/**
 * A trunk that is ready to run: what the driver builds once and Spark broadcasts.
 *
 * @param spec what an embedding is made of
 * @param onnx an ONNX model: input uint8 {@code [n, imageSize, imageSize, 3]} (RGB), output float32
 *     {@code [n, patches, channels]}
 * @param weightsSource where the weights come from
 * @param weightsSha256 SHA-256 of the weight file
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of bytes; its identity is spec and hash
public record TrunkModel(
    EmbeddingSpec spec, byte[] onnx, String weightsSource, String weightsSha256)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  static final String IMAGE_SIZE = "nightjar.image_size";

  /**
   * Builds the graph, with batch norm folded into the convolutions.
   *
   * @throws io.nightjar.error.InvalidInputException where the weights are not those of the
   *     architecture
   */
  public static TrunkModel build(EmbeddingSpec spec, Weights weights) {
    WeightCheck.require(spec.architecture(), spec.lastStage(), weights);
    return new TrunkModel(
        spec,
        TrunkGraph.embedding(spec, weights, metadata(spec, weights)),
        weights.source(),
        weights.sha256());
  }

  /**
   * Loads the weights and builds the graph.
   *
   * @param weights a location as in {@link WeightFiles#load}, or {@code random:SEED} for {@link
   *     SeededWeights}
   */
  public static TrunkModel load(
      EmbeddingSpec spec, String weights, Optional<String> sha256, Configuration conf) {
    Optional<Long> seed = SeededWeights.parseSeed(weights);
    return build(
        spec,
        seed.isPresent()
            ? SeededWeights.of(spec.architecture(), seed.get())
            : WeightFiles.load(weights, sha256, conf));
  }

  /** Writes the model as an {@code .onnx} file, for any runtime that reads ONNX. */
  public void write(Path file) throws IOException {
    Files.write(file, onnx);
  }

  private static Map<String, String> metadata(EmbeddingSpec spec, Weights weights) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("nightjar.architecture", spec.architecture().id());
    metadata.put(
        "nightjar.layers",
        spec.layers().stream().map(String::valueOf).collect(Collectors.joining(",")));
    metadata.put(IMAGE_SIZE, String.valueOf(spec.imageSize()));
    metadata.put("nightjar.grid", String.valueOf(spec.grid()));
    metadata.put("nightjar.weights.source", weights.source());
    metadata.put("nightjar.weights.sha256", weights.sha256());
    return metadata;
  }
}
