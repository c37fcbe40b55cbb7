package io.nightjar.job;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Aspect;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.spec.KeptShape;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.layout.LayoutChoice;
import io.nightjar.dataset.layout.known.KnownLayouts;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.place.InputPlaces;
import io.nightjar.job.bank.CategoryBanks;
import io.nightjar.job.options.BackboneSource;
import io.nightjar.job.options.EmbedOptions;
import io.nightjar.job.options.RunOptions;
import io.nightjar.job.run.RunContext;
import io.nightjar.text.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * An action that embeds images with a network.
 *
 * @param <A> the action itself
 * @param <R> its result
 */
public abstract class EmbeddingAction<A extends EmbeddingAction<A, R>, R>
    extends SparkAction<A, R> {
  private Optional<String> data = Optional.empty();
  private Optional<Network> network = Optional.empty();
  private LayoutChoice layout = KnownLayouts.choose(LayoutChoice.AUTO);
  private EmbedOptions embed = EmbedOptions.DEFAULT;
  private RunOptions run = RunOptions.DEFAULT;

  /**
   * A network that is loaded when it is needed, with its parts as far as they were named, and the
   * places of its weights.
   *
   * @param backbones as the command line names them; empty where the network was named otherwise
   */
  private record Network(
      Map<String, Object> parts, List<String> weights, Optional<String> backbones, Loader loader) {}

  private interface Loader {
    BackboneModel load(Configuration configuration);
  }

  EmbeddingAction(SparkSession session) {
    super(session);
  }

  /**
   * Sets where the images are.
   *
   * @param location a folder on any Hadoop file system, or a manifest of images where the action
   *     takes one
   * @return this action
   */
  public A data(String location) {
    this.data = Optional.of(location);
    return self();
  }

  /**
   * How the files of the images are arranged; by default whichever known layout they are in.
   *
   * @param id one of {@link KnownLayouts#ids}
   * @return this action
   * @throws InvalidInputException if there is no such layout
   */
  public A layout(String id) {
    this.layout = KnownLayouts.choose(id);
    return self();
  }

  /**
   * The network that embeds the images.
   *
   * @param model the network with its weights
   * @return this action
   */
  public A backbone(BackboneModel model) {
    Objects.requireNonNull(model, "model");
    Map<String, Object> parts = new LinkedHashMap<>(parts(model.spec()));
    parts.put("weights", model.weightsSource());
    this.network =
        Optional.of(
            new Network(parts, model.weightsSources(), Optional.empty(), configuration -> model));
    return self();
  }

  /**
   * The network that embeds the images, loaded once what else was given is known to be usable.
   *
   * @param loader called at most once, on the driver, by {@link #execute}
   * @return this action
   */
  public A backbone(Supplier<BackboneModel> loader) {
    Objects.requireNonNull(loader, "loader");
    this.network =
        Optional.of(
            new Network(Map.of(), List.of(), Optional.empty(), configuration -> loader.get()));
    return self();
  }

  /**
   * The network that embeds the images, loaded once what else was given is known to be usable.
   *
   * @param source the parts of the network and the location of its weights, both of which the log
   *     and {@link #describe()} name
   * @return this action
   */
  public A backbone(BackboneSource source) {
    this.network =
        Optional.of(
            new Network(
                source.asMap(),
                source.places().locations(),
                Optional.of(source.spec().backbones()),
                source::load));
    return self();
  }

  /**
   * How images go through the network.
   *
   * @param options device and batch size
   * @return this action
   */
  public A options(EmbedOptions options) {
    this.embed = options;
    return self();
  }

  /**
   * How the cluster is used.
   *
   * @param options partitions, concurrent categories and accepted unreadable files
   * @return this action
   */
  public A options(RunOptions options) {
    this.run = options;
    return self();
  }

  private static Map<String, Object> parts(EmbeddingSpec spec) {
    return new BackboneSource(spec, "", Optional.empty()).asMap();
  }

  @Override
  void describe(Map<String, Object> given) {
    super.describe(given);
    data.ifPresent(location -> given.put("data", location));
    given.put("layout", layout.id());
    network.ifPresent(loaded -> given.putAll(loaded.parts()));
    given.putAll(embed.asMap());
    given.putAll(run.asMap());
  }

  final Optional<String> data() {
    return data;
  }

  final LayoutChoice layout() {
    return layout;
  }

  final EmbedOptions embed() {
    return embed;
  }

  final RunOptions runOptions() {
    return run;
  }

  /**
   * Makes sure that a network was named.
   *
   * @throws InvalidInputException if there is none
   */
  final void requireNetwork() {
    network();
  }

  /**
   * Loads the network.
   *
   * @throws InvalidInputException if none was named, its weights cannot be used, or it names
   *     another shape than the images have, which are to keep theirs
   */
  final BackboneModel load(Configuration configuration) {
    BackboneModel model = network().loader().load(configuration);
    if (embed.aspect() == Aspect.KEEP) {
      KeptShape.requireUsable(model.spec());
    }
    return model;
  }

  /**
   * Loads the network for stored banks, which are asked first: weights that do not fit the network
   * would otherwise hide that the banks are of another one.
   *
   * @throws InvalidInputException as {@link #load(Configuration)} does, and if a bank was built
   *     with another network
   */
  final BackboneModel load(CategoryBanks banks, Configuration configuration) {
    network().backbones().ifPresent(banks::requireBackbone);
    BackboneModel model = load(configuration);
    banks.requireUsable(model, embed.aspect());
    return model;
  }

  /** What the action reads: the images, and the weights where they are a file. */
  final InputPlaces inputs(Configuration configuration) {
    InputPlaces places = new InputPlaces(configuration).folder("--data", data);
    network.stream()
        .flatMap(loaded -> loaded.weights().stream())
        .filter(weights -> !weights.isEmpty())
        .forEach(weights -> places.searched("--weights", weights));
    return places;
  }

  /** Adds the images that were found, and their masks. */
  static InputPlaces found(InputPlaces places, List<Category> catalogue) {
    return places.found("--data", files(catalogue));
  }

  /** The images that were found, and their masks. */
  static List<String> files(List<Category> catalogue) {
    return catalogue.stream()
        .flatMap(category -> Stream.concat(category.train().stream(), category.test().stream()))
        .flatMap(image -> Stream.concat(Stream.of(image.uri()), image.maskUris().stream()))
        .filter(uri -> uri != null && !uri.isEmpty())
        .toList();
  }

  private Network network() {
    return network.orElseThrow(
        () ->
            new InvalidInputException(
                Text.format(
                    "%s embeds images, but no network was named; name one with backbone(...).",
                    getClass().getSimpleName())));
  }

  /** A run of this action with its network. */
  final RunContext run(BackboneModel model) {
    return run().options(run).backbone(model, embed).build();
  }
}
