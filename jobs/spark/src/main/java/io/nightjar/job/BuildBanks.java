package io.nightjar.job;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.BankPublisher;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.layout.NormalImages;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.bank.BankBuilder;
import io.nightjar.job.bank.BankImages;
import io.nightjar.job.bank.CategoryImages;
import io.nightjar.job.bank.UnifiedImages;
import io.nightjar.job.options.BankScope;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.Progress;
import io.nightjar.job.result.BuiltBank;
import io.nightjar.job.run.ConcurrentCategories;
import io.nightjar.job.run.ExecutorSurvey;
import io.nightjar.job.run.TrainPatchesRule;
import io.nightjar.report.FailedCategory;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Builds memory banks of normal images and stores them, a folder for each category, or one bank of
 * all ({@link EvaluationOptions#scope}) in the folder {@code unified}. The executors write the
 * rows; the driver never holds any.
 *
 * <pre>{@code
 * BuildBanks.Result result =
 *     new BuildBanks(spark)
 *         .data("s3a://factory/mvtec_ad")
 *         .backbone(BackboneModel.build(EmbeddingSpec.of(Architecture.RESNET50), weights))
 *         .banks("s3a://factory/banks")
 *         .execute();
 * }</pre>
 *
 * <p>The same images, backbone and options give bit-identical rows on any number of executors of
 * one kind of processor. A bank appears with its last step; what fails before leaves the bank as it
 * was.
 */
public final class BuildBanks implements DatasetAction<BuildBanks.Result> {
  private final SparkSession session;
  private final JavaSparkContext spark;
  private final ConcurrentCategories categories;
  private String data;
  private List<String> only = List.of();
  private Supplier<BackboneModel> backbone;
  private String banks;
  private boolean overwrite;
  private EvaluationOptions options = EvaluationOptions.builder().build();
  private Progress progress = Progress.SILENT;

  /** What became of the categories, each list in catalogue order. */
  public record Result(List<BuiltBank> built, List<FailedCategory> failed) {

    /** Whether every category has its bank. */
    public boolean complete() {
      return failed.isEmpty();
    }
  }

  public BuildBanks(SparkSession session) {
    this.session = Objects.requireNonNull(session, "session");
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.categories = new ConcurrentCategories(spark);
  }

  /** The normal images, as {@link NormalImages} finds them, on any Hadoop file system. */
  public BuildBanks data(String location) {
    this.data = location;
    return this;
  }

  /** The categories to build banks of, all where none is named; or the name for a folder's. */
  public BuildBanks categories(List<String> names) {
    this.only = List.copyOf(names);
    return this;
  }

  /** The network that embeds the images. */
  public BuildBanks backbone(BackboneModel model) {
    return backbone(() -> model);
  }

  /** The network that embeds the images, loaded once the images are known to be there. */
  public BuildBanks backbone(Supplier<BackboneModel> loader) {
    this.backbone = loader;
    return this;
  }

  /** The folder of the banks, on any Hadoop file system: a category's bank lies below it. */
  public BuildBanks banks(String folder) {
    this.banks = folder;
    return this;
  }

  /** Makes a new version of a bank that is already there; its older versions stay. */
  public BuildBanks overwrite(boolean replace) {
    this.overwrite = replace;
    return this;
  }

  /** How to build; what concerns scores and their measurement has no say here. */
  public BuildBanks options(EvaluationOptions buildOptions) {
    this.options = buildOptions;
    return this;
  }

  @Override
  public BuildBanks progress(Progress listener) {
    this.progress = listener;
    return this;
  }

  @Override
  public Result execute() {
    Objects.requireNonNull(backbone, "Name the backbone before execute()");
    if (data == null || banks == null) {
      throw new InvalidInputException("Name the images and the folder for the banks.");
    }
    BankLocation root = BankLocation.parse(banks);
    if (root.version().isPresent()) {
      throw new InvalidInputException(
          Text.format(
              "--bank %s names a version, but a new one is to be built; name the folder alone.",
              banks));
    }
    Configuration configuration = session.sessionState().newHadoopConf();
    List<Category> catalogue = NormalImages.list(data, only, configuration);
    Optional<UnifiedImages> unified = unified(catalogue);
    List<Category> bankImages =
        unified.isPresent() ? List.of(UnifiedImages.asOne(catalogue)) : catalogue;
    Map<String, OptionalInt> parents = parents(root, bankImages, configuration);
    BackboneModel model = backbone.get();
    TrainPatchesRule trainPatches =
        new TrainPatchesRule(
            options.trainPatches(),
            ExecutorSurvey.take(spark, options.device(), model.spec()).freeBytes(),
            ConcurrentCategories.atOnce(
                spark, bankImages.size(), options.measure().concurrentCategories()));
    Broadcast<BackboneModel> sharedBackbone = spark.broadcast(model);
    Broadcast<SerializableConfiguration> sharedConfiguration =
        spark.broadcast(new SerializableConfiguration(configuration));
    try {
      List<BankBuilder> builds = new ArrayList<>();
      for (Category category : bankImages) {
        builds.add(
            new BankBuilder(
                spark,
                unified.isPresent() ? unified.get() : own(category),
                data,
                root.category(category.name()),
                parents.get(category.name()),
                sharedBackbone,
                sharedConfiguration,
                options,
                trainPatches.decide(category, model.layout()).keep(),
                progress));
      }
      ConcurrentCategories.Outcomes<BuiltBank> outcomes =
          categories.run(builds, options.measure().concurrentCategories(), progress);
      return new Result(
          outcomes.evaluated(),
          Stream.concat(
                  unified.stream().flatMap(images -> images.failures().stream()),
                  outcomes.failed().stream())
              .toList());
    } finally {
      sharedBackbone.destroy();
      sharedConfiguration.destroy();
    }
  }

  @Override
  public void cancel() {
    categories.cancel();
  }

  private Optional<UnifiedImages> unified(List<Category> catalogue) {
    return options.scope() == BankScope.UNIFIED
        ? Optional.of(new UnifiedImages(catalogue, options.measure().maxQuarantined()))
        : Optional.empty();
  }

  private BankImages own(Category category) {
    return new CategoryImages(category, options.measure().maxQuarantined());
  }

  /** The present version of each bank. */
  private Map<String, OptionalInt> parents(
      BankLocation root, List<Category> bankImages, Configuration configuration) {
    Map<String, OptionalInt> parents = new LinkedHashMap<>();
    for (Category category : bankImages) {
      BankLocation bank = root.category(category.name());
      BankPublisher publisher = new BankPublisher(bank.uri(), configuration);
      OptionalInt current = publisher.currentVersion();
      if (current.isPresent() && !overwrite) {
        throw new InvalidInputException(
            Text.format(
                    "There is a bank in %s already, version %d; add --overwrite for a new version of it, or",
                    bank.uri(), current.getAsInt())
                + " name another folder.");
      }
      publisher.requireWritable();
      parents.put(category.name(), current);
    }
    return parents;
  }
}
