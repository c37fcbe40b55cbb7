package io.nightjar.job.update;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.bank.store.AdditionTimes;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.bank.store.WrittenRows;
import io.nightjar.dataset.ImageRef;
import io.nightjar.job.bank.BankBuilder;
import io.nightjar.job.bank.ListedImages;
import io.nightjar.job.embed.ChunkEmbedding;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.fit.FitPasses;
import io.nightjar.job.fit.ReducedRows;
import io.nightjar.job.fit.RowFilter;
import io.nightjar.job.guard.ContaminationGuard;
import io.nightjar.job.guard.ReviewList;
import io.nightjar.job.guard.ScreenedImage;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.Progress;
import io.nightjar.job.result.HeldBack;
import io.nightjar.job.result.UpdatedBank;
import io.nightjar.job.run.CategoryFailedException;
import io.nightjar.job.run.CategoryWork;
import io.nightjar.job.run.Quarantine;
import io.nightjar.job.run.StageReport;
import io.nightjar.text.Text;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** Updates the bank of one category: judge the new images, let old ones go, publish. */
public final class BankUpdate implements CategoryWork<UpdatedBank> {
  private final JavaSparkContext spark;
  private final StoredBank bank;
  private final List<ImageRef> images;
  private final List<String> sources;
  private final Broadcast<BackboneModel> backbone;
  private final Broadcast<SerializableConfiguration> configuration;
  private final EvaluationOptions options;
  private final UpdateOptions update;
  private final boolean keepPatches;
  private final Progress progress;
  private final StageReport stages;
  private final CategoryPasses passes;
  private final long begun = System.nanoTime();

  /**
   * An update that has not begun.
   *
   * @param images the new ones
   * @param source where they come from; empty where there are none
   * @param backbone null where no image will be read
   * @param keepPatches whether the patches are kept between the passes over them
   */
  public BankUpdate(
      JavaSparkContext spark,
      StoredBank bank,
      List<ImageRef> images,
      Optional<String> source,
      Broadcast<BackboneModel> backbone,
      Broadcast<SerializableConfiguration> configuration,
      EvaluationOptions options,
      UpdateOptions update,
      boolean keepPatches,
      Progress progress) {
    this.spark = spark;
    this.bank = bank;
    this.images = images;
    this.sources =
        Stream.concat(bank.manifest().sources().stream(), source.stream()).distinct().toList();
    this.backbone = backbone;
    this.configuration = configuration;
    this.options = options.withVariance(bank.manifest().pca().variance());
    this.update = update;
    this.keepPatches = keepPatches;
    this.progress = progress;
    this.stages = new StageReport(spark, category(), progress);
    this.passes =
        new CategoryPasses(
            spark,
            backbone,
            configuration,
            this.options,
            stages,
            new Quarantine(category(), images.size(), options.measure().maxQuarantined()));
  }

  @Override
  public String category() {
    return bank.manifest().category();
  }

  @Override
  public String summary(UpdatedBank updated) {
    return updated.summary();
  }

  @Override
  public UpdatedBank run() {
    Additions additions = additions();
    if (additions.fresh().isEmpty()) {
      return carryOut(
          additions,
          new ContaminationGuard.Judgement(Optional.empty(), List.of()),
          coming -> List.of());
    }
    ChunkEmbedding embedding = passes.embedding();
    try (FitPasses over = passes.fitPasses(additions.fresh(), embedding, keepPatches)) {
      ContaminationGuard.Judgement judgement =
          new ContaminationGuard(spark, bank, update.guard(), hadoop(), stages)
              .judge(over, additions.fresh().size(), embedding.handled());
      passes.enter(embedding);
      return carryOut(additions, judgement, coming -> write(over, coming));
    }
  }

  private List<WrittenRows> write(FitPasses over, Set<String> coming) {
    try (ReducedRows rows = over.reduced(bank.components())) {
      return rows.write(
          Optional.empty(), bank.location().uri(), configuration, RowFilter.of(coming));
    }
  }

  private Configuration hadoop() {
    return configuration.value().value();
  }

  /** The images that are new by their bytes. */
  private Additions additions() {
    if (images.isEmpty()) {
      return new Additions(List.of(), List.of());
    }
    passes.inspect(images);
    passes.quarantine().enter(passes.hashes(passes.sound(images)));
    passes.quarantine().check();
    List<ImageRef> sound = passes.sound(images);
    if (sound.isEmpty()) {
      throw new CategoryFailedException(
          Text.format(
              "None of the %d new images of category %s can be used.", images.size(), category()),
          passes.quarantine().files());
    }
    List<BankManifest.Image> staying =
        bank.manifest().images().stream()
            .filter(image -> !update.remove().contains(image.path()))
            .toList();
    Additions additions = Additions.of(sound, passes.quarantine().hashes(), staying);
    additions.requireNamed(update.accept());
    return additions;
  }

  /**
   * Does what the judgement leads to.
   *
   * @param write writes the rows of new images, by their names, with the bank's components
   */
  private UpdatedBank carryOut(
      Additions additions,
      ContaminationGuard.Judgement judgement,
      Function<Set<String>, List<WrittenRows>> write) {
    Map<String, Instant> added =
        update.window().newerThan().isPresent() ? AdditionTimes.of(bank, hadoop()) : Map.of();
    UpdatePlan plan = UpdatePlan.of(bank.manifest(), update, judgement, added);
    Optional<String> review =
        plan.held().isEmpty() ? Optional.empty() : Optional.of(reviewFolder());
    List<HeldBack> held =
        review.map(folder -> review(folder, additions, judgement, plan.held())).orElse(List.of());
    return new UpdatedBank(
        bank.manifest(),
        publish(plan, additions, write),
        bank.location().uri(),
        List.copyOf(plan.coming()),
        List.copyOf(plan.leaving()),
        additions.known().stream().map(Additions.Known::path).toList(),
        held,
        judgement.limit().map(end -> OptionalDouble.of(end.value())).orElse(OptionalDouble.empty()),
        review,
        plan.captured(),
        plan.refit(),
        passes.quarantine().files(),
        (System.nanoTime() - begun) / 1e9);
  }

  private BankManifest publish(
      UpdatePlan plan, Additions additions, Function<Set<String>, List<WrittenRows>> write) {
    if (plan.refit()) {
      return refit(plan, additions);
    }
    if (!plan.changesRows()) {
      return bank.manifest();
    }
    stages.begin("write the bank");
    List<WrittenRows> rows = plan.coming().isEmpty() ? List.of() : write.apply(plan.coming());
    return new BankRevision(spark, bank, configuration)
        .publish(
            plan.leaving(),
            rows,
            rows.isEmpty() ? bank.manifest().sources() : sources,
            Text.format("%d images came, %d left", plan.coming().size(), plan.leaving().size()));
  }

  private String reviewFolder() {
    String time =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC)
            .format(Instant.now());
    String root =
        update
            .review()
            .map(folder -> new Path(folder, category()).toString())
            .orElseGet(() -> new Path(bank.location().uri(), "review").toString());
    return new Path(root, Text.format("version-%d-%s", bank.manifest().version(), time)).toString();
  }

  private List<HeldBack> review(
      String folder,
      Additions additions,
      ContaminationGuard.Judgement judgement,
      List<ScreenedImage> held) {
    stages.begin("draw what was held back");
    Map<String, ImageRef> refs = byName(additions);
    return new ReviewList(spark, folder, configuration)
        .write(
            bank.manifest(),
            judgement.limit().orElseThrow(),
            held.stream()
                .map(image -> new ReviewList.Entry(refs.get(image.path()), image))
                .toList(),
            judgement.range());
  }

  private static Map<String, ImageRef> byName(Additions additions) {
    Map<String, ImageRef> refs = new HashMap<>();
    additions.fresh().forEach(image -> refs.put(image.relativePath(), image));
    return refs;
  }

  /** Builds the next version of all its images, the old ones read again. */
  private BankManifest refit(UpdatePlan plan, Additions additions) {
    List<BankManifest.Image> old =
        bank.manifest().images().stream()
            .filter(image -> plan.kept().contains(image.path()))
            .toList();
    List<ImageRef> all = new ArrayList<>(SourceImages.find(bank.manifest(), old, passes, hadoop()));
    Map<String, ImageRef> fresh = byName(additions);
    plan.coming().forEach(name -> all.add(fresh.get(name)));
    return new BankBuilder(
            spark,
            new ListedImages(
                category(),
                all,
                plan.coming().isEmpty() ? bank.manifest().sources() : sources,
                options.measure().maxQuarantined()),
            "",
            bank.location(),
            OptionalInt.of(bank.manifest().version()),
            backbone,
            configuration,
            options,
            keepPatches,
            progress)
        .run()
        .manifest();
  }
}
