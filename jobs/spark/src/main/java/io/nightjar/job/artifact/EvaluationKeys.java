package io.nightjar.job.artifact;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.spec.Size;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.io.artifact.ArtifactKey;
import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.run.BuildInfo;
import io.nightjar.job.run.ExecutorSurvey;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.tile.TileNumbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The keys of what an evaluation keeps. Each is taken over all that its bits depend on: contents of
 * files and not their places, the network, the options that matter, the build of the program, and
 * what computes. A key is never too narrow; where a change might alter a bit, it is part of it.
 */
public final class EvaluationKeys {
  private static final int BANK_FORMAT = 2;
  private static final int DISTANCES_FORMAT = 3;
  private static final int COUNTS_FORMAT = 6;
  private static final int INSPECTIONS_FORMAT = 3;
  private static final int EMBEDDINGS_FORMAT = 3;
  private static final int COVARIANCES_FORMAT = 2;
  private static final int FIGURES_FORMAT = 8;

  /** Options that say how the work is spread, what is kept meanwhile, and what is drawn after. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of("partitions", "concurrent_categories", "train_patches", "device", "pictures");

  private final Map<String, String> computing;
  private final Map<String, Object> network;
  private final EvaluationOptions options;

  /**
   * The keys of one run.
   *
   * @param executors say what computes
   */
  public EvaluationKeys(BackboneModel model, EvaluationOptions options, ExecutorSurvey executors) {
    this(network(model), options, computing(executors));
  }

  EvaluationKeys(
      Map<String, Object> network, EvaluationOptions options, Map<String, String> computing) {
    this.network = network;
    this.options = options;
    this.computing = computing;
  }

  /** The keys of the same run with the network at another shape. */
  EvaluationKeys at(BackboneModel model) {
    return new EvaluationKeys(network(model), options, computing);
  }

  private static Map<String, Object> network(BackboneModel model) {
    EmbeddingSpec spec = model.spec();
    Map<String, Object> network = new LinkedHashMap<>();
    network.put("architecture", spec.backbones());
    network.put("layers", spec.layers());
    network.put("image_size", spec.imageSizes().stream().map(Size::value).toList());
    network.put("grid", spec.grid().value());
    network.put("precision", spec.precision().id());
    network.put("weights_sha256", model.weightsSha256());
    network.put("finer_stages", model.averages() ? "mean" : "interpolated");
    TileNumbers tiles = TileNumbers.of(spec.tiles());
    if (tiles != null) {
      network.put("tiles", tiles.asMap());
    }
    return network;
  }

  private static Map<String, String> computing(ExecutorSurvey executors) {
    Map<String, String> computing = new LinkedHashMap<>();
    computing.put("program", BuildInfo.creator());
    computing.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    computing.put("network_computed_by", executors.networks().toString());
    computing.put("linear_algebra", executors.linearAlgebra());
    computing.put("processors", executors.processors().toString());
    return computing;
  }

  /** Everything besides files that a key of this run is taken over, by name. */
  Map<String, String> describe() {
    Map<String, Object> all = new LinkedHashMap<>(computing);
    all.putAll(network);
    all.putAll(options.asMap());
    all.keySet().removeAll(WITHOUT_EFFECT);
    Map<String, String> described = new LinkedHashMap<>();
    all.forEach((name, value) -> described.put(name, String.valueOf(value)));
    return described;
  }

  private ArtifactKey.Builder begin(String kind, int format) {
    return ArtifactKey.of(kind, format).with(computing).with(network);
  }

  /**
   * The key of a bank of normal images.
   *
   * @param images SHA-256 of their files, in the order of the images
   * @param chunks how many images each chunk has: sums are combined chunk by chunk
   * @param white the sample that is white in images of more than 8 bits
   */
  public ArtifactKey bank(List<String> images, List<Integer> chunks, WhiteLevel white) {
    Map<String, Object> bank = new LinkedHashMap<>(options.bank().asMap());
    bank.putAll(options.fit().asMap());
    bank.put("batch_images", options.embed().batchImages());
    bank.keySet().removeAll(WITHOUT_EFFECT);
    return begin("bank", BANK_FORMAT)
        .with(bank)
        .with("white", Integer.toString(white.sample()))
        .with("images", images)
        .with("chunks", chunks.stream().map(String::valueOf).toList())
        .build();
  }

  /**
   * The key of distances to a bank, by the hash of each test image's file.
   *
   * @param bank what identifies it
   */
  public ArtifactKey distances(String bank, WhiteLevel white) {
    return distances(bank, white, options.search().neighbours());
  }

  /** The key of distances to another number of neighbours. */
  ArtifactKey distances(String bank, WhiteLevel white, int neighbours) {
    return begin("distances", DISTANCES_FORMAT)
        .with("neighbours", Integer.toString(neighbours))
        .with("search", options.search().method().name())
        .with("white", Integer.toString(white.sample()))
        .with("bank", bank)
        .build();
  }

  /**
   * The key of the patch embeddings of an image.
   *
   * @param image SHA-256 of its file
   * @param white the sample that is white in images of more than 8 bits
   */
  public ArtifactKey embeddings(String image, WhiteLevel white) {
    return begin("embeddings", EMBEDDINGS_FORMAT)
        .with("white", Integer.toString(white.sample()))
        .with("image", image)
        .build();
  }

  /** The kind of image score that counts in this run. */
  ImageScoreKind imageScore() {
    return options.map().imageScore();
  }

  /** Images in a chunk of normal images. */
  int chunkImages() {
    return options.fit().chunkImages();
  }

  /**
   * The key of the covariance of the patches of a chunk.
   *
   * @param images SHA-256 of their files, in the order of the images
   * @param white the sample that is white in images of more than 8 bits
   */
  public ArtifactKey covariance(List<String> images, WhiteLevel white) {
    return begin("covariance", COVARIANCES_FORMAT)
        .with("white", Integer.toString(white.sample()))
        .with("images", images)
        .build();
  }

  /**
   * The key of counts of test images, by the hashes of their files. Their scores are of every kind,
   * whichever is chosen.
   *
   * @param bank what identifies the bank that they were compared with
   * @param measure how maps and masks were brought together
   */
  public ArtifactKey counts(String bank, MapMeasure measure) {
    return begin("counts", COUNTS_FORMAT)
        .with("distances", distances(bank, measure.white()).hex())
        .with("resolution", Integer.toString(measure.resolution()))
        .with("smoothing", Double.toString(measure.smoothing()))
        .with("mask_values", measure.maskValues().name())
        .with("saturation_sha256", measure.saturation().sha256())
        .build();
  }

  /**
   * The key of what inspections find, by the hashes of the files.
   *
   * @param masks whether masks are decoded
   * @param samples whether images of more than 8 bits are decoded
   */
  public ArtifactKey inspections(boolean masks, boolean samples) {
    return begin("inspections", INSPECTIONS_FORMAT)
        .with("masks", Boolean.toString(masks))
        .with("samples", Boolean.toString(samples))
        .build();
  }

  /**
   * The key of a category's figures.
   *
   * @param bankImages normal images that its bank is built of
   * @param storedBank what identifies the bank, where it was stored before
   * @param notes shown next to the figures, as far as they are known beforehand
   * @return empty where a file could not be read
   */
  public Optional<ArtifactKey> figures(
      Category category,
      List<ImageRef> bankImages,
      Optional<String> storedBank,
      InputHashes hashes,
      List<String> notes) {
    if (!hashes.isComplete()) {
      return Optional.empty();
    }
    Map<String, Object> all =
        new LinkedHashMap<>(storedBank.isPresent() ? options.withStoredBanks() : options.asMap());
    all.keySet().removeAll(WITHOUT_EFFECT);
    ArtifactKey.Builder key =
        begin("figures", FIGURES_FORMAT)
            .with(all)
            .with("category", category.name())
            .with("bank", storedBank.stream().toList())
            .with("notes", notes)
            .with("saturation_sha256", category.saturation().sha256())
            .with(
                "left_out",
                category.leftOut().stream()
                    .map(file -> file.relativePath() + ": " + file.reason())
                    .toList());
    bankImages.forEach(image -> key.with("train", described(image, hashes)));
    category.test().forEach(image -> key.with("test", described(image, hashes)));
    return Optional.of(key.build());
  }

  private static List<String> described(ImageRef image, InputHashes hashes) {
    List<String> described =
        new ArrayList<>(
            List.of(
                image.relativePath(),
                image.defect(),
                image.group(),
                image.item(),
                image.maskRemark(),
                Boolean.toString(image.hasMask()),
                hashes.image(image).orElseThrow()));
    described.addAll(hashes.masks(image));
    return described;
  }
}
