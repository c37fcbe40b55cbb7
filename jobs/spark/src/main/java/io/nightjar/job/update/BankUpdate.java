package io.nightjar.job.update;

import io.nightjar.bank.store.AdditionTimes;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.bank.store.WrittenRows;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.job.bank.BankBuilder;
import io.nightjar.job.bank.ListedImages;
import io.nightjar.job.bank.NextVersion;
import io.nightjar.job.embed.ChunkEmbedding;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.fit.FitPasses;
import io.nightjar.job.fit.FitPlan;
import io.nightjar.job.fit.ReducedRows;
import io.nightjar.job.fit.RowFilter;
import io.nightjar.job.guard.ContaminationGuard;
import io.nightjar.job.guard.ReviewList;
import io.nightjar.job.guard.ScreenedImage;
import io.nightjar.job.options.BankOptions;
import io.nightjar.job.options.FitOptions;
import io.nightjar.job.result.HeldBack;
import io.nightjar.job.result.UpdatedBank;
import io.nightjar.job.run.CategoryFailedException;
import io.nightjar.job.run.CategoryWork;
import io.nightjar.job.run.Quarantine;
import io.nightjar.job.run.RunContext;
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
import org.apache.hadoop.fs.Path;

/** Updates the bank of one category: screen the new images, remove old ones, publish. */
public final class BankUpdate implements CategoryWork<UpdatedBank> {
  private final RunContext run;
  private final StoredBank bank;
  private final List<ImageRef> images;
  private final List<String> sources;
  private final UpdateOptions update;
  private final FitPlan plan;
  private final CategoryPasses passes;
  private final StageReport stages;
  private final long begun = System.nanoTime();

  /**
   * Creates an update; nothing runs before {@link #run}.
   *
   * @param source where the new images come from; empty where there are none
   * @param fit how passes over normal images are carried out
   * @param keepPatches whether the patches are kept between the passes over them
   */
  public BankUpdate(
      RunContext run,
      UpdateTask task,
      Optional<String> source,
      UpdateOptions update,
      FitOptions fit,
      boolean keepPatches) {
    this.run = run;
    this.bank = task.bank();
    this.images = task.images();
    this.sources =
        Stream.concat(bank.manifest().sources().stream(), source.stream()).distinct().toList();
    this.update = update;
    // What a bank consists of is the bank's own.
    this.plan =
        new FitPlan(
            BankOptions.DEFAULT.withVariance(bank.manifest().pca().variance()), fit, keepPatches);
    this.passes =
        new CategoryPasses(
            run,
            category(),
            new Quarantine(category(), images.size(), run.options().maxQuarantined()));
    this.stages = passes.stages();
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
          new ContaminationGuard.Screening(Optional.empty(), List.of()),
          added -> List.of());
    }
    ChunkEmbedding embedding = passes.embedding();
    try (FitPasses over = passes.fitPasses(additions.fresh(), embedding, plan)) {
      ContaminationGuard.Screening screening =
          new ContaminationGuard(run, bank, update.guard(), stages)
              .screen(over, additions.fresh().size(), embedding.handled());
      passes.enter(embedding);
      return carryOut(additions, screening, added -> write(over, added));
    }
  }

  private List<WrittenRows> write(FitPasses over, Set<String> added) {
    try (ReducedRows rows = over.reduced(bank.components())) {
      return rows.write(
          Optional.empty(), bank.location().uri(), run.configuration(), RowFilter.of(added));
    }
  }

  /** The images that are new by their bytes. */
  private Additions additions() {
    if (images.isEmpty()) {
      return new Additions(List.of(), List.of());
    }
    passes.useWhiteLevel(WhiteLevel.of(bank.manifest().whiteLevel()));
    passes.inspect(images);
    passes.quarantine().enter(passes.hashes(passes.readable(images)));
    passes.quarantine().check();
    List<ImageRef> readable = passes.readable(images);
    if (readable.isEmpty()) {
      throw new CategoryFailedException(
          Text.format(
              "None of the %d new images of category %s can be used.", images.size(), category()),
          passes.quarantine().files());
    }
    List<BankManifest.Image> kept =
        bank.manifest().images().stream()
            .filter(image -> !update.remove().contains(image.path()))
            .toList();
    Additions additions = Additions.of(readable, passes.quarantine().hashes(), kept);
    additions.requireNamed(update.accept());
    return additions;
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
    Optional<String> review =
        changes.heldBack().isEmpty() ? Optional.empty() : Optional.of(reviewFolder());
    List<HeldBack> heldBack =
        review
            .map(folder -> review(folder, additions, screening, changes.heldBack()))
            .orElse(List.of());
    return new UpdatedBank(
        bank.manifest(),
        publish(changes, additions, write),
        bank.location().uri(),
        List.copyOf(changes.added()),
        List.copyOf(changes.removed()),
        additions.duplicates().stream().map(Additions.Duplicate::path).toList(),
        heldBack,
        screening.limit().map(end -> OptionalDouble.of(end.value())).orElse(OptionalDouble.empty()),
        review,
        changes.explainedVariance(),
        changes.refit(),
        passes.quarantine().files(),
        (System.nanoTime() - begun) / 1e9);
  }

  private BankManifest publish(
      UpdatePlan changes, Additions additions, Function<Set<String>, List<WrittenRows>> write) {
    if (changes.refit()) {
      return refit(changes, additions);
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
            Text.format(
                "%d images added, %d removed", changes.added().size(), changes.removed().size()));
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
      ContaminationGuard.Screening screening,
      List<ScreenedImage> heldBack) {
    stages.begin("draw what was held back");
    Map<String, ImageRef> refs = byName(additions);
    return new ReviewList(run, folder)
        .write(
            bank.manifest(),
            screening.limit().orElseThrow(),
            heldBack.stream()
                .map(image -> new ReviewList.Entry(refs.get(image.path()), image))
                .toList(),
            screening.range());
  }

  private static Map<String, ImageRef> byName(Additions additions) {
    Map<String, ImageRef> refs = new HashMap<>();
    additions.fresh().forEach(image -> refs.put(image.relativePath(), image));
    return refs;
  }

  /** Builds the next version of all its images, the old ones read again. */
  private BankManifest refit(UpdatePlan changes, Additions additions) {
    List<BankManifest.Image> old =
        bank.manifest().images().stream()
            .filter(image -> changes.kept().contains(image.path()))
            .toList();
    List<ImageRef> all =
        new ArrayList<>(SourceImages.find(bank.manifest(), old, passes, run.hadoop()));
    Map<String, ImageRef> fresh = byName(additions);
    changes.added().forEach(name -> all.add(fresh.get(name)));
    return new BankBuilder(
            run,
            new ListedImages(
                category(),
                all,
                changes.added().isEmpty() ? bank.manifest().sources() : sources,
                run.options().maxQuarantined()),
            new NextVersion(bank.location(), OptionalInt.of(bank.manifest().version()), ""),
            plan)
        .whiteLevel(WhiteLevel.of(bank.manifest().whiteLevel()))
        .run()
        .manifest();
  }
}
