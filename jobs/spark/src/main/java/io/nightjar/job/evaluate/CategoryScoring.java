package io.nightjar.job.evaluate;

import io.nightjar.bank.store.StoredBank;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.MaskSummary;
import io.nightjar.dataset.Split;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.job.artifact.CategoryStore;
import io.nightjar.job.artifact.RunStore;
import io.nightjar.job.bank.BankFactory;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.fit.KnownInspections;
import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.measure.MapSource;
import io.nightjar.job.measure.ScoredImage;
import io.nightjar.job.measure.ScoredPart;
import io.nightjar.job.options.SearchOptions;
import io.nightjar.job.output.Reuse;
import io.nightjar.job.output.ScoredCategory;
import io.nightjar.job.reason.ReasonPasses;
import io.nightjar.job.run.CategoryWork;
import io.nightjar.job.run.Quarantine;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.run.StageClock;
import io.nightjar.job.search.CategoryBank;
import io.nightjar.report.CategoryScores;
import io.nightjar.report.ScoreBasis;
import io.nightjar.report.ScoredFile;
import io.nightjar.report.reason.CategoryReasons;
import io.nightjar.report.reason.ReasonPlan;
import io.nightjar.score.AnomalyMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Scores the images of one category with its stored bank: inspect, load, score. */
public final class CategoryScoring implements CategoryWork<ScoredCategory> {
  private static final Logger LOG = LoggerFactory.getLogger(CategoryScoring.class);

  private final Category category;
  private final StoredBank bank;
  private final SearchOptions search;
  private final MapMeasure measure;
  private final ReasonPlan reasons;
  private final CategoryPasses passes;
  private final Optional<CategoryStore> store;
  private final StageClock clock = new StageClock();

  /**
   * Creates a scoring; nothing runs before {@link #run}.
   *
   * @param category whose test images are scored; no ground truth is looked at
   * @param reasons of how many patches of each image, and how many images are shown
   * @param store of the run; empty where nothing is taken or kept
   */
  public CategoryScoring(
      RunContext run,
      Category category,
      StoredBank bank,
      SearchOptions search,
      MapMeasure measure,
      ReasonPlan reasons,
      Optional<RunStore> store) {
    this.category = category;
    this.bank = bank;
    this.search = search;
    this.measure = measure;
    this.reasons = reasons;
    this.passes =
        new CategoryPasses(
            run,
            category.name(),
            Quarantine.of(
                category.name(),
                category.test().size(),
                category.leftOut(Split.TEST),
                run.options().maxQuarantined()));
    this.store = store.map(shared -> new CategoryStore(shared, category, passes));
    this.store
        .filter(CategoryStore::keepsEmbeddings)
        .ifPresent(kept -> passes.keep(kept::patches, kept::covariances));
  }

  @Override
  public String category() {
    return category.name();
  }

  @Override
  public int images() {
    return Math.max(1, category.test().size());
  }

  @Override
  public ScoredCategory run() {
    store.ifPresent(kept -> kept.hash(category.test(), clock));
    clock.time("inspect", this::inspect);
    notes().forEach(note -> LOG.warn("Scores of {}: {}", category.name(), note));
    requireReadable(passes.readable(category.test()));
    List<ScoredImage> images = scored();
    requireReadable(images);
    // The bank that was searched is freed by now: reasons read its files.
    return outcome(images, reasons(images));
  }

  /** What a reader of the scores should know of the images. */
  private List<String> notes() {
    return Stream.of(passes.tilesNote(), passes.shapeNote()).flatMap(Optional::stream).toList();
  }

  private List<ScoredImage> scored() {
    try (OpenedBank opened = new OpenedBank()) {
      return List.copyOf(
          score(
                  opened,
                  measure
                      .withWhiteLevel(passes.whiteLevel())
                      .withImageSize(passes.spec().imageSize()))
              .images());
    }
  }

  private CategoryReasons reasons(List<ScoredImage> images) {
    return reasons.isNone()
        ? CategoryReasons.NONE
        : clock.time(
            "reasons",
            () ->
                new ReasonPasses(passes, bank, reasons, List.of())
                    .of(images, passes.quarantine().hashes()));
  }

  private MaskSummary inspect() {
    passes.useWhiteLevel(WhiteLevel.of(bank.manifest().whiteLevel()));
    passes.useShape(bank.manifest().backbone().spec());
    return passes.inspect(
        category.test(),
        false,
        store.map(CategoryStore::inspections).orElse(KnownInspections.NONE));
  }

  private ScoredPart score(OpenedBank opened, MapMeasure measured) {
    if (store.isEmpty()) {
      CategoryBank loaded = opened.get();
      return clock.time("score", () -> loaded.score(passes, category.test(), measured));
    }
    ReusedScoring reused =
        clock.time(
            "reuse",
            () ->
                ReusedScoring.ofDistances(passes, store.get().scores(), bank.contents(), measured));
    if (reused.unknown(category.test()) > 0) {
      opened.get();
    }
    return clock.time("score", () -> reused.score(category.test(), opened));
  }

  /** The bank, opened once an image needs to be searched. */
  private final class OpenedBank implements Supplier<CategoryBank>, AutoCloseable {
    private CategoryBank opened;

    @Override
    public CategoryBank get() {
      if (opened == null) {
        opened = new BankFactory(passes, search, clock, new ArrayList<>()).ofStored(bank);
      }
      return opened;
    }

    @Override
    public void close() {
      if (opened != null) {
        opened.close();
      }
    }
  }

  @Override
  public String summary(ScoredCategory outcome) {
    return outcome.summary();
  }

  private void requireReadable(List<?> images) {
    if (images.isEmpty()) {
      throw passes.quarantine().noneUsable("new", category.test(), "there is nothing to score");
    }
  }

  private ScoredCategory outcome(List<ScoredImage> images, CategoryReasons explained) {
    Map<String, String> hashes = passes.quarantine().hashes();
    ScoreBasis basis =
        new ScoreBasis(
            bank.location().uri(), bank.manifest().version(), bank.sha256(), search.neighbours());
    CategoryScores scores =
        new CategoryScores(
            category.name(),
            images.stream()
                .map(image -> file(image, hashes.get(image.ref().relativePath())))
                .toList(),
            passes.quarantine().files(),
            basis,
            clock.total(),
            clock.seconds());
    return new ScoredCategory(
        scores.withNotes(notes()),
        images,
        hashes,
        store.map(CategoryStore::reuse).orElse(Reuse.NONE),
        explained);
  }

  private static ScoredFile file(ScoredImage image, String sha256) {
    AnomalyMap patches = ((MapSource.InMemory) image.map()).map();
    double sum = 0;
    for (float value : patches.values()) {
      sum += value;
    }
    AnomalyMap map = patches.stitched();
    return new ScoredFile(
        image.ref().relativePath(),
        image.imageScore(),
        image.high(),
        sum / patches.values().length,
        image.truth().width(),
        image.truth().height(),
        sha256,
        map.height(),
        map.width(),
        map.values(),
        image.scores());
  }
}
