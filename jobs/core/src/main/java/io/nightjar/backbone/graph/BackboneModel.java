package io.nightjar.backbone.graph;

import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.weights.SeededWeights;
import io.nightjar.backbone.weights.WeightCheck;
import io.nightjar.backbone.weights.WeightFiles;
import io.nightjar.backbone.weights.WeightPlaces;
import io.nightjar.backbone.weights.Weights;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/**
 * A backbone that is ready to run: the driver builds it once and Spark broadcasts it. One of
 * several networks or image sizes has a graph for each, see {@link #branches}.
 */
public final class BackboneModel implements Serializable {
  private static final long serialVersionUID = 3L;

  /** The key of the image size in an exported model's metadata. */
  public static final String IMAGE_SIZE = "nightjar.image_size";

  private final EmbeddingSpec spec;

  /** One for each branch. */
  private final List<BackboneGraph.Backbone> backbones;

  /** One for each network. */
  private final List<Origin> origins;

  /** Where the weights of a network come from, and what they are. */
  private record Origin(String source, String sha256) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private BackboneModel(
      EmbeddingSpec spec, List<BackboneGraph.Backbone> backbones, List<Origin> origins) {
    this.spec = spec;
    this.backbones = List.copyOf(backbones);
    this.origins = List.copyOf(origins);
  }

  /**
   * Builds the graph, with batch norm folded into the convolutions.
   *
   * @param spec which backbone, which of its stages, on which images
   * @param weights under torchvision's tensor names; stages that are not needed may be missing
   * @return a model that is ready to be broadcast
   * @throws io.nightjar.error.InvalidInputException where the weights do not fit the architecture,
   *     or exceed the range of the precision
   */
  public static BackboneModel build(EmbeddingSpec spec, Weights weights) {
    return build(spec, List.of(weights));
  }

  /**
   * The same of several networks.
   *
   * @param spec which backbones, which of their stages, on which images
   * @param weights of each backbone, in their order
   * @return a model that is ready to be broadcast
   * @throws io.nightjar.error.InvalidInputException where weights do not fit their architecture, or
   *     exceed the range of the precision, or two networks are the same
   * @throws IllegalArgumentException if there are not as many weights as backbones
   */
  public static BackboneModel build(EmbeddingSpec spec, List<Weights> weights) {
    List<Architecture> networks = spec.architectures();
    if (weights.size() != networks.size()) {
      throw new IllegalArgumentException(
          Text.format("%d weights do not belong to %s", weights.size(), spec.backbones()));
    }
    Set<List<String>> distinct = new HashSet<>();
    List<BackboneGraph.Backbone> graphs = new ArrayList<>();
    for (int i = 0; i < networks.size(); i++) {
      Weights own = weights.get(i);
      WeightCheck.require(networks.get(i), spec.lastStage(), own);
      if (!distinct.add(List.of(networks.get(i).id(), own.sha256()))) {
        throw new InvalidInputException(
            Text.format(
                "The network %s with the weights %s is named twice, which adds nothing; name it"
                    + " once.",
                networks.get(i).id(), own.source()));
      }
      spec.withArchitectures(List.of(networks.get(i))).branches().stream()
          .map(branch -> BackboneGraph.of(branch, own, metadata(branch, own)))
          .forEach(graphs::add);
    }
    return new BackboneModel(
        spec, graphs, weights.stream().map(own -> new Origin(own.source(), own.sha256())).toList());
  }

  /**
   * The backbones whose patches are concatenated, one for each network and image size.
   *
   * @return models of one network and one image size, in the order of {@link
   *     EmbeddingSpec#branches}
   */
  public List<BackboneModel> branches() {
    List<EmbeddingSpec> specs = spec.branches();
    int sizes = spec.imageSizes().size();
    return IntStream.range(0, specs.size())
        .mapToObj(
            i ->
                new BackboneModel(
                    specs.get(i), List.of(backbones.get(i)), List.of(origins.get(i / sizes))))
        .toList();
  }

  /**
   * The same networks for images of other sizes or tiles, on another grid. They share the weights
   * of this one, so it takes little time and memory.
   *
   * @param other differs in sizes, grid and tiles alone, and has as many sizes
   * @return this model where nothing differs
   * @throws IllegalArgumentException if more differs
   */
  public BackboneModel at(EmbeddingSpec other) {
    if (other.equals(spec)) {
      return this;
    }
    if (!other.equals(spec.with(other.imageSizes(), other.grid()).tiled(other.tiles()))
        || other.imageSizes().size() != spec.imageSizes().size()) {
      throw new IllegalArgumentException(Text.format("%s is not %s at other sizes", other, spec));
    }
    List<EmbeddingSpec> branches = other.branches();
    List<BackboneGraph.Backbone> resized = new ArrayList<>();
    for (int i = 0; i < backbones.size(); i++) {
      resized.add(backbones.get(i).at(branches.get(i)));
    }
    return new BackboneModel(other, resized, origins);
  }

  /** Whether a stage is brought to the grid by means, see {@link EmbeddingHead#averages}. */
  public boolean averages() {
    return branches().stream()
        .anyMatch(
            branch ->
                branch.backbone().stages().stream()
                    .anyMatch(
                        stage ->
                            EmbeddingHead.averages(
                                branch.spec.imageSize(),
                                stage.size(),
                                PatchLayout.sizeOf(stage.size(), spec.grid()))));
  }

  /** The graph of the only branch. */
  private BackboneGraph.Backbone backbone() {
    if (backbones.size() > 1) {
      throw new IllegalStateException(
          Text.format(
              "A backbone of %s at the image sizes %s has a graph for each: take those of its"
                  + " branches",
              spec.backbones(), spec.imageSizes()));
    }
    return backbones.get(0);
  }

  /**
   * Loads the weights and builds the graph.
   *
   * @param spec which backbone, which of its stages, on which images
   * @param weights a location as in {@link WeightFiles#load}, or {@code random:SEED} for {@link
   *     SeededWeights}; of several backbones one for each, as {@link WeightPlaces} has them
   * @param sha256 the hash that the file must have, 64 hex digits; required for an http(s) URL, not
   *     used for a seed; of several backbones one for each
   * @param conf for Hadoop's file systems and their credentials
   * @return a model that is ready to be broadcast
   * @throws io.nightjar.error.InvalidInputException where the weights cannot be read, have another
   *     hash, do not fit the architecture or exceed the range of the precision
   */
  public static BackboneModel load(
      EmbeddingSpec spec, String weights, Optional<String> sha256, Configuration conf) {
    WeightPlaces places = WeightPlaces.of(spec.architectures(), weights, sha256);
    return build(spec, places.seeded().orElseGet(() -> places.load(conf)));
  }

  /**
   * The specification of the embeddings, with the image size and the shape of the patches.
   *
   * @return as it was given
   */
  public EmbeddingSpec spec() {
    return spec;
  }

  /**
   * Where the weights come from.
   *
   * @return the file, address or seed, in words, without credentials; those of several networks
   *     between commas
   */
  public String weightsSource() {
    return String.join(",", weightsSources());
  }

  /**
   * Where the weights of each network come from.
   *
   * @return as {@link #weightsSource} has them, in the order of the networks
   */
  public List<String> weightsSources() {
    return origins.stream().map(Origin::source).toList();
  }

  /**
   * SHA-256 of the weight file, or of the tensors themselves where there is no file.
   *
   * @return 64 hex digits, lower case; those of several networks between commas
   */
  public String weightsSha256() {
    return origins.stream().map(Origin::sha256).collect(Collectors.joining(","));
  }

  /**
   * The ONNX model: input uint8 {@code [n, height, width, 3]} (RGB), output float32 {@code [n,
   * patches, channels]}.
   *
   * @return the bytes of a model file
   * @throws IllegalStateException for several branches: each has its own
   */
  public byte[] onnx() {
    return EmbeddingHead.embedding(spec, backbone());
  }

  /**
   * The form of the maps that {@code Embedders.mapsForTask} computes.
   *
   * @return the sizes and channels of the maps, the finest first
   */
  public PatchLayout layout() {
    return PatchLayout.concatenated(
        backbones.stream()
            .map(backbone -> PatchLayout.of(spec.grid(), backbone.stages()))
            .toList());
  }

  /**
   * The ONNX model of the patches' maps: input as of {@link #onnx}, one output float32 {@code [n,
   * cells, channels]} for each level of {@link #layout}.
   *
   * @return the bytes of a model file
   * @throws IllegalStateException for several branches: each has its own
   */
  public byte[] mapsOnnx() {
    return EmbeddingHead.maps(spec, backbone());
  }

  /**
   * The ONNX model that also reduces the patches: inputs are the images, a mean float32 {@code [1,
   * channels]} and directions float32 {@code [components, channels]}; output float32 {@code [n,
   * patches, components]}.
   *
   * @return the bytes of a model file
   * @throws IllegalStateException for several branches: each has its own
   */
  public byte[] reducingOnnx() {
    return EmbeddingHead.reducing(spec, backbone());
  }

  /**
   * The weights of the convolutions, with batch norm folded in.
   *
   * @return read from the model's own bytes
   * @throws IllegalStateException for several branches: each has its own
   */
  public FoldedWeights foldedWeights() {
    return new FoldedWeights(backbone().onnx());
  }

  /**
   * Writes {@link #onnx} as an {@code .onnx} file, for any runtime that reads ONNX.
   *
   * @param file a local path; an existing file is replaced
   * @throws IOException if it cannot be written
   * @throws IllegalStateException for several branches: each has its own
   */
  public void write(Path file) throws IOException {
    Files.write(file, onnx());
  }

  /** The metadata of sizes. */
  static Map<String, String> shape(EmbeddingSpec spec) {
    Map<String, String> shape = new LinkedHashMap<>();
    shape.put(IMAGE_SIZE, spec.imageSize().toString());
    shape.put("nightjar.grid", spec.grid().toString());
    return shape;
  }

  private static Map<String, String> metadata(EmbeddingSpec spec, Weights weights) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("nightjar.architecture", spec.architecture().id());
    metadata.put(
        "nightjar.layers",
        spec.layers().stream().map(String::valueOf).collect(Collectors.joining(",")));
    metadata.putAll(shape(spec));
    metadata.put("nightjar.precision", spec.precision().id());
    metadata.put("nightjar.weights.source", weights.source());
    metadata.put("nightjar.weights.sha256", weights.sha256());
    return metadata;
  }
}
