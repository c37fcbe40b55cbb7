package io.nightjar.job.update;

import io.nightjar.bank.store.AdditionTimes;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.bank.store.WrittenRows;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Split;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.dataset.ledger.Ledger;
import io.nightjar.dataset.ledger.PassedOver;
import io.nightjar.job.artifact.RunStore;
import io.nightjar.job.bank.BankBuilder;
import io.nightjar.job.bank.ListedImages;
import io.nightjar.job.bank.version.NextVersion;
import io.nightjar.job.embed.ChunkEmbedding;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.fit.ChangedFilesException;
import io.nightjar.job.fit.FitPasses;
import io.nightjar.job.fit.FitPlan;
import io.nightjar.job.fit.ReducedRows;
import io.nightjar.job.fit.RowFilter;
import io.nightjar.job.guard.Calibration;
import io.nightjar.job.guard.ContaminationGuard;
import io.nightjar.job.guard.ScreenedImage;
import io.nightjar.job.options.FitOptions;
import io.nightjar.job.result.BuiltBank;
import io.nightjar.job.result.HeldBack;
import io.nightjar.job.result.UpdatedBank;
import io.nightjar.job.run.CategoryFailedException;
import io.nightjar.job.run.CategoryWork;
import io.nightjar.job.run.FileOutcome;
import io.nightjar.job.run.Quarantine;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.run.StageReport;
import io.nightjar.text.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Updates the bank of one category: screen the new images, remove old ones, publish. */
public final class BankUpdate implements CategoryWork<UpdatedBank> {
  private static final Logger LOG = LoggerFactory.getLogger(BankUpdate.class);

  private final RunContext run;
  private final StoredBank bank;
  private final Category added;
  private final List<ImageRef> images;
  private final List<BankManifest.Source> sources;
  private final UpdateOptions update;
  private final FitPlan plan;
  private final CategoryPasses passes;
  private final StageReport stages;
  private final UpdateStore store;
  private final long begun = System.nanoTime();

  /**
   * Creates an update; nothing runs before {@link #run}.
   *
   * @param source where the new images come from; empty where there are none
   * @param fit how passes over normal images are carried out
   * @param keepPatches whether the patches are kept between the passes over them
   * @param store with the keys of this bank; empty where nothing is taken or kept
   */
  public BankUpdate(
      RunContext run,
      UpdateTask task,
      Optional<String> source,
      UpdateOptions update,
      FitOptions fit,
      boolean keepPatches,
      Optional<RunStore> store) {
    this.run = run;
    this.bank = task.bank();
    this.added = task.added();
    this.images = task.images();
    this.sources =
        Stream.concat(
                bank.manifest().sources().stream(),
                source
                    .map(place -> BankManifest.Source.of(place, task.layout(), run.hadoop()))
                    .stream())
            .distinct()
            .toList();
    this.update = update;
    // What a bank consists of is the bank's own.
    this.plan = new FitPlan(task.bankOptions(), fit, keepPatches);
    this.passes =
        new CategoryPasses(
            run,
            category(),
            Quarantine.of(
                category(),
                images.size(),
                task.added().leftOut(Split.TRAIN),
                run.options().maxQuarantined()));
    this.stages = passes.stages();
    this.store = new UpdateStore(store, added, passes);
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
    if (!images.isEmpty()) {
      passes.useWhiteLevel(WhiteLevel.of(bank.manifest().whiteLevel()));
      passes.useShape(bank.manifest().backbone().spec());
      passes.inspect(images);
      passes.labelImageNotes().forEach(note -> LOG.warn("Update of {}: {}", category(), note));
      passes.shapeNote().ifPresent(note -> LOG.warn("Update of {}: {}", category(), note));
      passes.quarantine().enter(passes.hashes(passes.readable(images)));
      passes.quarantine().check();
    }
    while (true) {
      try {
        return attempt(additions());
      } catch (ChangedFilesException e) {
        LOG.warn("Update of {}: begun again without files that changed", category(), e);
      }
    }
  }

  private UpdatedBank attempt(Additions additions) {
    if (additions.fresh().isEmpty()) {
      return carryOut(
          additions,
          new ContaminationGuard.Screening(Optional.empty(), List.of()),
          added -> List.of());
    }
    store.know();
    ChunkEmbedding embedding = passes.embedding();
    try (FitPasses over = passes.fitPasses(additions.fresh(), embedding, plan)) {
      ContaminationGuard.Screening screening =
          unchanged(
              embedding,
              () ->
                  new ContaminationGuard(run, bank, update.guard(), stages)
                      .screen(over, additions.fresh().size(), embedding.handled()));
      return carryOut(
          additions, screening, added -> unchanged(embedding, () -> write(over, added)));
    }
  }

  /** Reads the new images again, which must be what they were when they were compared. */
  private <T> T unchanged(ChunkEmbedding embedding, Supplier<T> work) {
    try {
      T made = work.get();
      requireUnchanged(embedding);
      return made;
    } catch (RuntimeException e) {
      requireUnchanged(embedding);
      throw e;
    }
  }

  private void requireUnchanged(ChunkEmbedding embedding) {
    if (passes.settle(embedding)) {
      throw new ChangedFilesException();
    }
  }

  private List<WrittenRows> write(FitPasses over, Set<String> added) {
    try (ReducedRows rows = over.reduced(bank.reduction())) {
      List<WrittenRows> written =
          rows.write(
              Optional.empty(), bank.location().uri(), run.configuration(), RowFilter.of(added));
      requireRows(written, added.size());
      return written;
    }
  }

  private void requireRows(List<WrittenRows> written, int added) {
    long found = written.stream().mapToLong(file -> file.file().rows()).sum();
    long expected = (long) added * passes.spec().patches();
    if (found != expected) {
      throw new CategoryFailedException(
          Text.format(
              "The update would add %d rows, but its %d new images have %d patches: files changed"
                  + " while the run read them. Nothing was published; run it again when nothing"
                  + " writes to them.",
              found, added, expected),
          passes.quarantine().files());
    }
  }

  /** The images that are new by their bytes. */
  private Additions additions() {
    if (images.isEmpty()) {
      return new Additions(List.of(), List.of());
    }
    List<ImageRef> readable = passes.readable(images);
    if (readable.isEmpty()) {
      throw passes.quarantine().noneUsable("new", images, "there is nothing to add");
    }
    List<BankManifest.Image> kept =
        bank.manifest().images().stream()
            .filter(image -> !update.remove().contains(image.path()))
            .toList();
    Map<String, String> hashes = passes.quarantine().hashes();
    Additions additions = Additions.of(readable, hashes, kept);
    additions.requireNamed(update.accept());
    // From now on they are read by the names that they get in the bank.
    Set<String> changed = passes.quarantine().paths();
    passes
        .quarantine()
        .enter(
            additions.fresh().stream()
                .map(
                    image ->
                        new FileOutcome(image.relativePath(), additions.sha256(image, hashes), ""))
                .toList());
    return additions.without(changed);
  }

  /**
   * Does what the screening leads to.
   *
   * @param write writes the rows of new images, by their names, with the bank's components
   */
  private UpdatedBank carryOut(
      Additions additions,
      ContaminationGuard.Screening screening,
      Function<Set<String>, List<WrittenRows>> write) {
    Map<String, Instant> times =
        update.window().newerThan().isPresent() ? AdditionTimes.of(bank, run.hadoop()) : Map.of();
    UpdatePlan changes = UpdatePlan.of(bank.manifest(), update, screening, times);
    Ledger inputs = inputs(additions, changes);
    Optional<HeldBackReview> review =
        changes.heldBack().isEmpty()
            ? Optional.empty()
            : Optional.of(HeldBackReview.next(run, passes, bank, update.review()));
    List<HeldBack> heldBack =
        review.map(list -> list.write(additions, screening, changes.heldBack())).orElse(List.of());
    BankManifest next;
    try {
      next = publish(changes, additions, inputs, write);
    } catch (ChangedFilesException e) {
      // The next attempt writes a list of its own.
      review.ifPresent(HeldBackReview::remove);
      throw e;
    }
    if (!changes.refit() && next.version() != bank.manifest().version()) {
      calibrate(next);
    }
    Set<String> present =
        next.images().stream().map(BankManifest.Image::path).collect(Collectors.toSet());
    return new UpdatedBank(
        bank.manifest(),
        next,
        bank.location().uri(),
        changes.added().stream().filter(present::contains).toList(),
        List.copyOf(changes.removed()),
        additions.duplicates().stream().map(Additions.Duplicate::path).toList(),
        heldBack,
        screening.limit().map(end -> OptionalDouble.of(end.value())).orElse(OptionalDouble.empty()),
        review.map(HeldBackReview::folder),
        changes.explainedVariance(),
        changes.refit(),
        passes.quarantine().files(),
        inputs,
        (System.nanoTime() - begun) / 1e9,
        store.describe());
  }

  /** A bank that is built of all its images takes the scores of them itself. */
  private void calibrate(BankManifest next) {
    new Calibration(run, stages)
        .keep(bank.location().at(next.version()))
        .ifPresent(
            reason ->
                LOG.warn("Update of {}: no scores of its own images: {}", category(), reason));
  }

  /** What became of every entry that was found for the update. */
  private Ledger inputs(Additions additions, UpdatePlan changes) {
    return added
        .inputs(passes.quarantine().paths())
        .passing(
            PassedOver.Kind.DUPLICATE,
            additions.duplicates().stream().map(Additions.Duplicate::path).toList())
        .passing(
            PassedOver.Kind.HELD_BACK,
            changes.heldBack().stream().map(ScreenedImage::path).toList());
  }

  private static Optional<Ledger> listed(Ledger inputs) {
    return inputs.found() == 0 ? Optional.empty() : Optional.of(inputs);
  }

  private BankManifest publish(
      UpdatePlan changes,
      Additions additions,
      Ledger inputs,
      Function<Set<String>, List<WrittenRows>> write) {
    if (changes.refit()) {
      return refit(changes, additions, inputs);
    }
    if (!changes.changesRows()) {
      return bank.manifest();
    }
    stages.begin("write the bank");
    List<WrittenRows> rows = changes.added().isEmpty() ? List.of() : write.apply(changes.added());
    return new BankRevision(run, bank)
        .publish(
            changes.removed(),
            rows,
            rows.isEmpty() ? bank.manifest().sources() : sources,
            listed(inputs),
            Text.format(
                "%s added, %d removed",
                Text.counted(changes.added().size(), "image", "images"), changes.removed().size()));
  }

  /** Builds the next version of all its images, the old ones read again. */
  private BankManifest refit(UpdatePlan changes, Additions additions, Ledger inputs) {
    List<BankManifest.Image> old =
        bank.manifest().images().stream()
            .filter(image -> changes.kept().contains(image.path()))
            .toList();
    List<ImageRef> all =
        new ArrayList<>(SourceImages.find(bank.manifest(), old, passes, run.hadoop()));
    Map<String, ImageRef> fresh = additions.byName();
    changes.added().forEach(name -> all.add(fresh.get(name)));
    Map<String, String> hashes = new HashMap<>(passes.quarantine().hashes());
    old.forEach(image -> hashes.put(image.path(), image.sha256()));
    hashes.keySet().retainAll(all.stream().map(ImageRef::relativePath).toList());
    BankBuilder builder =
        new BankBuilder(
                run,
                new ListedImages(
                    category(),
                    all,
                    hashes,
                    changes.added().isEmpty() ? bank.manifest().sources() : sources,
                    listed(inputs),
                    run.options().maxQuarantined()),
                new NextVersion(
                    bank.location(),
                    OptionalInt.of(bank.manifest().version()),
                    BankManifest.Source.of("")),
                plan)
            .reading(
                WhiteLevel.of(bank.manifest().whiteLevel()), bank.manifest().backbone().spec());
    BuiltBank built = store.applied(builder, category(), all, hashes).run();
    store.ofRefit(built.reused());
    passes
        .quarantine()
        .enter(
            built.quarantined().stream()
                .map(file -> new FileOutcome(file.path(), "", file.reason()))
                .toList());
    return built.manifest();
  }
}
