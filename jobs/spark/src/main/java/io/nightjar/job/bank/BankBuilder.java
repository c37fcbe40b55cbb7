package io.nightjar.job.bank;

import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.RowFiles;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.bank.store.WrittenRows;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.job.artifact.CategoryStore;
import io.nightjar.job.artifact.RunStore;
import io.nightjar.job.bank.version.NextVersion;
import io.nightjar.job.bank.version.VersionWriter;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.fit.ChangedFilesException;
import io.nightjar.job.fit.FitPlan;
import io.nightjar.job.fit.FittedPasses;
import io.nightjar.job.guard.Calibration;
import io.nightjar.job.guard.CoresetScores;
import io.nightjar.job.result.BuiltBank;
import io.nightjar.job.run.CategoryWork;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.run.StageClock;
import io.nightjar.pca.components.PatchReduction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds one stored bank: inspect, fit, write the rows, publish. */
public final class BankBuilder implements CategoryWork<BuiltBank> {
  private static final Logger LOG = LoggerFactory.getLogger(BankBuilder.class);

  private final RunContext run;
  private final BankImages images;
  private final NextVersion next;
  private final FitPlan plan;
  private final CategoryPasses passes;
  private final VersionWriter writer;
  private final StageClock clock = new StageClock();
  private Optional<Kept> kept = Optional.empty();
  private Optional<CoresetScores> ofCoreset = Optional.empty();

  /** The store of the run, and the category whose normal images the bank is of. */
  private record Kept(
      CategoryStore store, List<ImageRef> train, Optional<Map<String, String>> hashes) {

    /** What the files are, which are read unless that is known. */
    void hash() {
      hashes.ifPresentOrElse(store::hashed, () -> store.hash(train, new StageClock()));
    }
  }

  /** Creates a build of the next version of a bank; nothing runs before {@link #run}. */
  public BankBuilder(RunContext run, BankImages images, NextVersion next, FitPlan plan) {
    this.run = run;
    this.images = images;
    this.next = next;
    this.plan = plan;
    this.passes = new CategoryPasses(run, images.name(), images.quarantine());
    this.writer = new VersionWriter(passes, images.name(), next, plan);
  }

  /** Reads the images as those of the bank whose next version this is were read. */
  public BankBuilder reading(WhiteLevel level, EmbeddingSpec spec) {
    passes.useWhiteLevel(level);
    passes.useShape(spec);
    return this;
  }

  /**
   * Takes from a store what there is: the bank as an evaluation built it, or embeddings.
   *
   * @param category whose normal images the bank consists of
   */
  public BankBuilder reusing(RunStore shared, Category category) {
    return reusing(shared, category, Optional.empty());
  }

  /**
   * The same of files that were read before.
   *
   * @param category whose normal images the bank consists of
   * @param hashes SHA-256 of their files by their paths
   */
  public BankBuilder reusing(RunStore shared, Category category, Map<String, String> hashes) {
    return reusing(shared, category, Optional.of(hashes));
  }

  private BankBuilder reusing(
      RunStore shared, Category category, Optional<Map<String, String>> hashes) {
    CategoryStore store = new CategoryStore(shared, category, passes);
    if (store.keepsEmbeddings()) {
      passes.keep(store::patches, store::covariances);
    }
    kept = Optional.of(new Kept(store, category.train(), hashes));
    return this;
  }

  @Override
  public String category() {
    return images.name();
  }

  @Override
  public BuiltBank run() {
    BankManifest manifest = clock.time("build", this::build);
    LOG.info(
        "Bank of {}: version {}, {} rows of {} values, {} bytes, stored in {}",
        images.name(),
        manifest.version(),
        manifest.rows(),
        manifest.dimension(),
        manifest.bytes(),
        next.uri());
    Optional<String> uncalibrated =
        clock.time("calibrate", () -> calibrate(next.bank().at(manifest.version())));
    uncalibrated.ifPresent(
        reason -> LOG.warn("Bank of {}: no scores of its own images: {}", images.name(), reason));
    return new BuiltBank(
        next.bank().at(manifest.version()),
        manifest,
        passes.quarantine().files(),
        clock.total(),
        kept.map(of -> of.store().reuse().describeBank()).orElse(""),
        uncalibrated);
  }

  /** The images of a coreset were scored while their patches were at hand. */
  private Optional<String> calibrate(BankLocation version) {
    return ofCoreset
        .map(scores -> scores.keep(version, run))
        .orElseGet(() -> new Calibration(run, passes.stages()).keep(version));
  }

  @Override
  public String summary(BuiltBank built) {
    return built.summary();
  }

  private BankManifest build() {
    kept.ifPresent(Kept::hash);
    images.inspect(passes);
    remarks().forEach(remark -> LOG.warn("Bank of {}: {}", images.name(), remark));
    while (true) {
      try {
        return kept.flatMap(this::taken).orElseGet(this::made);
      } catch (ChangedFilesException e) {
        LOG.warn("Bank of {}: built again without files that changed", images.name(), e);
      }
    }
  }

  /** What a reader should know of the images. */
  private List<String> remarks() {
    return Stream.concat(passes.labelImageNotes().stream(), passes.shapeNote().stream()).toList();
  }

  private BankManifest made() {
    try (FittedPasses fitted = images.fit(passes, plan)) {
      VersionWriter.Written written =
          fitted.verified(() -> writer.write(fitted, images.readable(passes), true), unused -> {});
      ofCoreset = written.scores();
      return publish(fitted.reduction(), written.rows());
    }
  }

  /** The bank as the store has it; its rows name the images by their paths. */
  private Optional<BankManifest> taken(Kept of) {
    List<String> paths = passes.readable(of.train()).stream().map(ImageRef::relativePath).toList();
    return new BankKeeper(of.store(), passes)
        .find(of.train())
        .filter(
            found ->
                found.bank().manifest().images().stream()
                    .map(BankManifest.Image::path)
                    .toList()
                    .equals(paths))
        .flatMap(
            found ->
                of.store()
                    .unlessUnusable(found.key(), () -> copied(found.bank(), of.train()))
                    .map(
                        manifest -> {
                          of.store().bankTaken();
                          return manifest;
                        }));
  }

  private BankManifest copied(StoredBank bank, List<ImageRef> train) {
    if (bank.manifest().coreset().isPresent()) {
      ofCoreset = Optional.of(CoresetScores.take(bank, train, passes, plan));
    }
    passes.stages().begin("copy the bank");
    String from = bank.location().uri();
    String to = next.uri();
    Broadcast<SerializableConfiguration> shared = run.configuration();
    List<WrittenRows> files = bank.rowFiles();
    List<WrittenRows> rows =
        run.spark()
            .parallelize(files, run.partitionsOf(files.size()))
            .map(file -> RowFiles.copy(from, file, to, shared.value().value()))
            .collect();
    return publish(bank.reduction(), rows);
  }

  private BankManifest publish(PatchReduction reduction, List<WrittenRows> rows) {
    return writer.publish(
        reduction,
        rows,
        new VersionWriter.Origin(
            images.sources(next.source()), images.inputs(passes), String.join(" ", remarks())));
  }
}
