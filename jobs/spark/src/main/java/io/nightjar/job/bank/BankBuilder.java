package io.nightjar.job.bank;

import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.bank.coreset.Coreset;
import io.nightjar.bank.coreset.CoresetOptions;
import io.nightjar.bank.selection.CoresetSelection;
import io.nightjar.bank.store.BankBackbone;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.BankPublisher;
import io.nightjar.bank.store.PcaFile;
import io.nightjar.bank.store.RowFiles;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.bank.store.WrittenRows;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.job.artifact.CategoryStore;
import io.nightjar.job.artifact.RunStore;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.fit.ChangedFilesException;
import io.nightjar.job.fit.FitPlan;
import io.nightjar.job.fit.FittedPasses;
import io.nightjar.job.fit.ReducedRows;
import io.nightjar.job.fit.RowFilter;
import io.nightjar.job.guard.Calibration;
import io.nightjar.job.guard.CoresetScores;
import io.nightjar.job.options.StageWork.Counted;
import io.nightjar.job.result.BuiltBank;
import io.nightjar.job.run.BuildInfo;
import io.nightjar.job.run.CategoryFailedException;
import io.nightjar.job.run.CategoryWork;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.run.StageClock;
import io.nightjar.job.run.StageReport;
import io.nightjar.pca.components.PatchReduction;
import io.nightjar.text.Text;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
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
  private final StageReport stages;
  private final CategoryPasses passes;
  private final StageClock clock = new StageClock();
  private final boolean notesCoreset;
  private Optional<Kept> kept = Optional.empty();
  private String note = "";
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
    this(
        run,
        new CategoryPasses(run, images.name(), images.quarantine()),
        images,
        next,
        plan,
        false);
  }

  /** Creates a build from images that passes work on already; its manifest names a coreset. */
  BankBuilder(CategoryPasses passes, BankImages images, NextVersion next, FitPlan plan) {
    this(passes.run(), passes, images, next, plan, true);
  }

  private BankBuilder(
      RunContext run,
      CategoryPasses passes,
      BankImages images,
      NextVersion next,
      FitPlan plan,
      boolean notesCoreset) {
    this.run = run;
    this.images = images;
    this.next = next;
    this.plan = plan;
    this.passes = passes;
    this.stages = passes.stages();
    this.notesCoreset = notesCoreset;
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
        .orElseGet(() -> new Calibration(run, stages).keep(version));
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
    return Stream.of(
            passes.labelImageNotes().stream(),
            passes.tilesNote().stream(),
            passes.shapeNote().stream())
        .flatMap(remarks -> remarks)
        .toList();
  }

  private BankManifest made() {
    try (FittedPasses fitted = images.fit(passes, plan)) {
      List<WrittenRows> rows = fitted.verified(() -> write(fitted), unused -> {});
      return publish(fitted.reduction(), rows);
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
    stages.begin("copy the bank");
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

  /** Makes rows that were written the next version of the bank. */
  BankManifest publish(PatchReduction reduction, List<WrittenRows> rows) {
    BankManifest manifest = manifest(reduction, rows);
    new BankPublisher(next.uri(), run.hadoop()).publish(manifest);
    return manifest;
  }

  /** Writes the rows of all images, or of a coreset of them; no manifest names them yet. */
  List<WrittenRows> write(FittedPasses fitted) {
    long patches = (long) images.readable(passes) * passes.spec().patches();
    try (ReducedRows reduced = fitted.passes().reduced(fitted.reduction())) {
      Optional<Coreset> coreset = coreset(reduced, patches);
      stages.begin("write the bank");
      List<WrittenRows> rows =
          reduced.write(coreset, next.uri(), run.configuration(), RowFilter.ALL);
      if (coreset.isEmpty()) {
        requireRows(rows.stream().mapToLong(file -> file.file().rows()).sum(), patches);
      } else if (!notesCoreset) {
        ofCoreset =
            Optional.of(
                CoresetScores.take(
                    reduced, () -> reduced.bank(coreset.get()), images(rows), run, stages));
      }
      return rows;
    }
  }

  private void requireRows(long found, long expected) {
    if (found != expected) {
      throw new CategoryFailedException(
          Text.format(
              "The bank would have %d rows, but its readable images have %d patches: files changed"
                  + " while the run read them. Nothing was published; run it again when nothing"
                  + " writes to them.",
              found, expected),
          passes.quarantine().files());
    }
  }

  private Optional<Coreset> coreset(ReducedRows rows, long patches) {
    CoresetOptions options = plan.bank().coreset();
    if (options.keepsAll()) {
      return Optional.empty();
    }
    stages.begin("project patches");
    CoresetSelection selection = rows.selection(options);
    requireRows(selection.rows(), patches);
    LongAccumulator chosen = stages.counter();
    stages.begin("choose rows for the coreset", Counted.ROWS, selection.picks(), chosen);
    Coreset coreset = selection.select(chosen);
    note = notesCoreset ? coreset.describe() : "";
    return Optional.of(coreset);
  }

  private static List<BankManifest.Image> images(List<WrittenRows> rows) {
    return rows.stream().flatMap(file -> file.images().stream()).toList();
  }

  private Optional<BankManifest.Coreset> keptCoreset() {
    CoresetOptions coreset = plan.bank().coreset();
    return coreset.keepsAll()
        ? Optional.empty()
        : Optional.of(
            new BankManifest.Coreset(coreset.ratio(), coreset.seed(), coreset.method().id()));
  }

  private BankManifest manifest(PatchReduction reduction, List<WrittenRows> rows) {
    List<BankManifest.Image> written = images(rows);
    return new BankManifest(
        next.version(),
        next.parent(),
        images.name(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        BuildInfo.creator(),
        BankBackbone.of(passes.backbone().value()),
        reduction.dimension(),
        written,
        PcaFile.write(reduction, plan.bank().rule(), written.size(), next.uri(), run.hadoop()),
        rows.stream().map(WrittenRows::file).toList(),
        keptCoreset(),
        images.sources(next.source()),
        images.inputs(passes),
        notesCoreset ? note : String.join(" ", remarks()),
        passes.whiteLevel().sampleUnlessFull(),
        reduction
            .position()
            .map(place -> new BankManifest.Position(plan.bank().position(), place.step())));
  }
}
