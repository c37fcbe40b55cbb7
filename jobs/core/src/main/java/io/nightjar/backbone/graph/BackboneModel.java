package io.nightjar.backbone.graph;

import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.weights.SeededWeights;
import io.nightjar.backbone.weights.WeightCheck;
import io.nightjar.backbone.weights.WeightFiles;
import io.nightjar.backbone.weights.Weights;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/** A backbone that is ready to run: the driver builds it once and Spark broadcasts it. */
public final class BackboneModel implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The key of the image size in an exported model's metadata. */
  public static final String IMAGE_SIZE = "nightjar.image_size";

  private final EmbeddingSpec spec;
  private final BackboneGraph.Backbone backbone;
  private final String weightsSource;
  private final String weightsSha256;

  private BackboneModel(
      EmbeddingSpec spec,
      BackboneGraph.Backbone backbone,
      String weightsSource,
      String weightsSha256) {
    this.spec = spec;
    this.backbone = backbone;
    this.weightsSource = weightsSource;
    this.weightsSha256 = weightsSha256;
  }

  /**
   * Builds the graph, with batch norm folded into the convolutions.
   *
   * @throws io.nightjar.error.InvalidInputException where the weights do not fit the architecture,
   *     or exceed the range of the precision
   */
  public static BackboneModel build(EmbeddingSpec spec, Weights weights) {
    WeightCheck.require(spec.architecture(), spec.lastStage(), weights);
    return new BackboneModel(
        spec,
        BackboneGraph.of(spec, weights, metadata(spec, weights)),
        weights.source(),
        weights.sha256());
  }

  /**
   * Loads the weights and builds the graph.
   *
   * @param weights a location as in {@link WeightFiles#load}, or {@code random:SEED} for {@link
   *     SeededWeights}
   */
  public static BackboneModel load(
      EmbeddingSpec spec, String weights, Optional<String> sha256, Configuration conf) {
    Optional<Long> seed = SeededWeights.parseSeed(weights);
    return build(
        spec,
        seed.isPresent()
            ? SeededWeights.of(spec.architecture(), seed.get())
            : WeightFiles.load(weights, sha256, conf));
  }

  /** The specification of the embeddings. */
  public EmbeddingSpec spec() {
    return spec;
  }

  /** Where the weights come from. */
  public String weightsSource() {
    return weightsSource;
  }

  /** SHA-256 of the weight file. */
  public String weightsSha256() {
    return weightsSha256;
  }

  /**
   * The ONNX model: input uint8 {@code [n, imageSize, imageSize, 3]} (RGB), output float32 {@code
   * [n, patches, channels]}.
   */
  public byte[] onnx() {
    return EmbeddingHead.embedding(spec, backbone);
  }

  /** The form of the maps that {@code Embedders.mapsForTask} computes. */
  public PatchLayout layout() {
    return PatchLayout.of(spec.grid(), backbone.stages());
  }

  /** The ONNX model of the patches' maps; see {@link EmbeddingHead#maps}. */
  public byte[] mapsOnnx() {
    return EmbeddingHead.maps(spec, backbone);
  }

  /** The ONNX model that also reduces the patches; see {@link EmbeddingHead#reducing}. */
  public byte[] reducingOnnx() {
    return EmbeddingHead.reducing(spec, backbone);
  }

  /** The weights of the convolutions, with batch norm folded in. */
  public FoldedWeights foldedWeights() {
    return new FoldedWeights(backbone.onnx());
  }

  /** Writes {@link #onnx} as an {@code .onnx} file, for any runtime that reads ONNX. */
  public void write(Path file) throws IOException {
    Files.write(file, onnx());
  }

  private static Map<String, String> metadata(EmbeddingSpec spec, Weights weights) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("nightjar.architecture", spec.architecture().id());
    metadata.put(
        "nightjar.layers",
        spec.layers().stream().map(String::valueOf).collect(Collectors.joining(",")));
    metadata.put(IMAGE_SIZE, String.valueOf(spec.imageSize()));
    metadata.put("nightjar.grid", String.valueOf(spec.grid()));
    metadata.put("nightjar.precision", spec.precision().id());
    metadata.put("nightjar.weights.source", weights.source());
    metadata.put("nightjar.weights.sha256", weights.sha256());
    return metadata;
  }
}
