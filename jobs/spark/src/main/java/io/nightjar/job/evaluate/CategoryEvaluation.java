package io.nightjar.job.evaluate;

import io.nightjar.backbone.spec.Aspect;
import io.nightjar.bank.search.Fallbacks;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.MaskSummary;
import io.nightjar.job.artifact.CategoryStore;
import io.nightjar.job.artifact.RunStore;
import io.nightjar.job.bank.BankFactory;
import io.nightjar.job.bank.BankSource;
import io.nightjar.job.bank.KnownBank;
import io.nightjar.job.embed.Chunk;
import io.nightjar.job.embed.ChunkEmbedding;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.fit.KnownInspections;
import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.measure.MapScoring;
import io.nightjar.job.measure.Measurement;
import io.nightjar.job.measure.ScoredPart;
import io.nightjar.job.measure.SecondPass;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.output.CategoryOutcome;
import io.nightjar.job.output.Reuse;
import io.nightjar.job.run.CategoryWork;
import io.nightjar.job.run.FileOutcome;
import io.nightjar.job.run.Quarantine;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.run.RunManifest;
import io.nightjar.job.run.StageClock;
import io.nightjar.job.search.BankPlace;
import io.nightjar.job.search.CategoryBank;
import io.nightjar.job.search.ScannedBank;
import io.nightjar.job.search.SearchSample;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.SearchQuality;
import io.nightjar.tile.TileNumbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Evaluates one category: inspect, get the bank ready, score, measure. */
final class CategoryEvaluation implements CategoryWork<CategoryOutcome> {
  private final Category category;
  private final EvaluationOptions options;
  private final BankSource source;
  private final MapMeasure asked;
  private final List<String> notes;
  private final CategoryPasses passes;
  private final Optional<CategoryStore> store;
  private final boolean isReuseReported;
  private final List<String> given;
  private final OutcomeListener listener;
  private final StageClock clock = new StageClock();

  /**
   * Creates an evaluation; nothing runs before {@link #run}.
   *
   * @param source of the bank to compare with
   * @param notes shown next to the category's metrics
   * @param store of the run; empty where nothing is kept
   * @param listener takes the outcome
   */
  CategoryEvaluation(
      RunContext run,
      Category category,
      EvaluationOptions options,
      BankSource source,
      List<String> notes,
      Optional<RunStore> store,
      OutcomeListener listener) {
    this.category = GroupLimit.applied(category);
    this.options = options;
    this.source = source;
    this.notes = new ArrayList<>(notes);
    this.given = List.copyOf(notes);
    this.listener = listener;
    this.asked =
        MapMeasure.of(options.map(), options.measure(), run.backbone().value().spec().imageSize());
    this.passes =
        new CategoryPasses(
            run, category.name(), source.quarantine(category, options.run().maxQuarantined()));
    this.isReuseReported = store.isPresent();
    // What a bank of other categories' images consists of, none of these files says.
    this.store =
        store
            .filter(any -> source.isSettled())
            .map(shared -> new CategoryStore(shared, category, passes));
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
    return Math.max(1, category.train().size() + category.test().size());
  }

  @Override
  public CategoryOutcome run() {
    Optional<CategoryOutcome> known =
        store.flatMap(kept -> kept.outcome(source.reads(), source.storedIdentity(), given, clock));
    CategoryOutcome outcome = known.orElseGet(this::computed);
    KeptBank kept =
        new KeptBank(
            source,
            () -> new BankFactory(passes, options.search(), clock, new ArrayList<>(), store),
            known.isPresent() ? () -> clock.time("inspect", this::inspect) : () -> {});
    listener.ended(
        outcome,
        new EvaluatedBank(
            passes, source.reads(), options.search(), () -> kept.find(source::known), kept, clock));
    return outcome.timed(clock);
  }

  private CategoryOutcome computed() {
    CategoryOutcome computed = compute();
    store.ifPresent(kept -> kept.keep(computed));
    return computed;
  }

  private CategoryOutcome compute() {
    MapMeasure measure = clock.time("inspect", this::inspect);
    passes.quarantine().requireTestImages(passes.readable(category.test()));
    BankFactory factory = new BankFactory(passes, options.search(), clock, notes, store);
    Scored scored =
        kept(factory, measure).orElseGet(() -> searched(source.bank(factory), factory, measure));
    Measurement measured = clock.time("measure", () -> measure(scored.part(), measure));
    return outcome(scored.place(), scored.part(), measured, scored.quality());
  }

  /** Counted test images, and the bank that they were compared with. */
  private record Scored(BankPlace place, ScoredPart part, Optional<SearchQuality> quality) {}

  private Scored searched(CategoryBank opened, BankFactory factory, MapMeasure measure) {
    try (CategoryBank bank = opened) {
      ScoredPart scored;
      Optional<SearchQuality> quality;
      boolean isChanged;
      do {
        scored = score(bank, factory, measure);
        passes.quarantine().requireTestImages(scored.images());
        // Reads some of the images again.
        ChunkEmbedding embedding = passes.embedding();
        quality = check(bank, measure, scored.fallbacks().total(), embedding);
        isChanged = passes.settle(embedding);
      } while (isChanged);
      return new Scored(bank.place(), scored, quality);
    }
  }

  private ScoredPart score(CategoryBank bank, BankFactory factory, MapMeasure measure) {
    if (store.isEmpty()) {
      return clock.time("score", () -> bank.score(passes, category.test(), measure));
    }
    // Of an approximate search nothing is taken, since what it falls back to is counted.
    Optional<String> identity =
        options.search().method().isExact() ? source.identity(factory) : Optional.empty();
    return score(reused(identity, measure), () -> bank);
  }

  /** With a bank that is kept and need not be opened, since few images are searched, or none. */
  private Optional<Scored> kept(BankFactory factory, MapMeasure measure) {
    if (store.isEmpty() || !options.search().method().isExact()) {
      return Optional.empty();
    }
    Optional<KnownBank> known = clock.time("reuse", () -> source.known(factory));
    return known.flatMap(bank -> scanned(bank, factory, measure));
  }

  private Optional<Scored> scanned(KnownBank bank, BankFactory factory, MapMeasure measure) {
    ReusedScoring reused = reused(Optional.of(bank.identity()), measure);
    int unknown = reused.unknown(category.test());
    if (unknown > ScannedBank.MAX_IMAGES || bank.place().rows() < options.search().neighbours()) {
      return Optional.empty();
    }
    Optional<ScoredPart> scored =
        unknown == 0
            ? Optional.of(score(reused, CategoryEvaluation::noBank))
            : factory.unlessUnusable(bank, opened -> score(reused, () -> opened));
    return scored.map(
        part -> {
          store.orElseThrow().bankTaken();
          notes.addAll(bank.notes());
          return new Scored(bank.place(), part, Optional.empty());
        });
  }

  private static CategoryBank noBank() {
    throw new IllegalStateException("No image needs to be searched");
  }

  private ReusedScoring reused(Optional<String> identity, MapMeasure measure) {
    return clock.time(
        "reuse",
        () ->
            ReusedScoring.of(
                passes, store.orElseThrow().scores(), identity, measure, category.test()));
  }

  private ScoredPart score(ReusedScoring reused, Supplier<CategoryBank> search) {
    ScoredPart scored = clock.time("score", () -> reused.score(category.test(), search));
    passes.quarantine().requireTestImages(scored.images());
    return scored;
  }

  @Override
  public String summary(CategoryOutcome outcome) {
    return outcome.summary();
  }

  /** Inspects all files; the rule for the masks follows from what they hold. */
  private MapMeasure inspect() {
    MaskRule rule = MaskRule.of(options.measure().maskValues(), category.saturation());
    source.whiteLevel().ifPresent(passes::useWhiteLevel);
    source.spec().ifPresent(passes::useShape);
    MaskSummary masks =
        passes.inspect(
            Stream.concat(source.reads().stream(), category.test().stream()).toList(),
            rule.asksMasks(),
            store.map(CategoryStore::inspections).orElse(KnownInspections.NONE));
    notes.addAll(rule.notes(masks));
    passes.whiteNote().ifPresent(notes::add);
    passes.tilesNote().ifPresent(notes::add);
    passes.shapeNote().ifPresent(notes::add);
    notes.addAll(passes.labelImageNotes());
    if (category.saturation().isKnown()) {
      passes.quarantine().enter(List.of(FileOutcome.of(category.saturation())));
    }
    return asked
        .withMaskValues(rule.resolve(masks))
        .withWhiteLevel(passes.whiteLevel())
        .withImageSize(passes.spec().imageSize())
        .withSaturation(category.saturation());
  }

  /** Of an approximate search; none where there is no image to check it on. */
  private Optional<SearchQuality> check(
      CategoryBank bank, MapMeasure measure, Fallbacks fallbacks, ChunkEmbedding embedding) {
    if (options.search().method().isExact()) {
      return Optional.empty();
    }
    List<ImageRef> sample =
        SearchSample.draw(passes.readable(category.test()), options.check().images());
    return clock.time(
        "check search",
        () ->
            bank.check(
                Chunk.cut(sample, options.embed().batchImages()),
                new MapScoring(embedding, measure),
                passes.stages(),
                fallbacks));
  }

  private Map<String, Object> bankOf(BankPlace place) {
    Map<String, Object> bank = new LinkedHashMap<>(source.describe(place));
    if (!bank.isEmpty() && !passes.whiteLevel().isFull()) {
      bank.put("white_level", passes.whiteLevel().sample());
    }
    if (!bank.isEmpty() && options.embed().aspect() == Aspect.KEEP) {
      bank.putAll(RunManifest.shape(passes.spec().imageSizes(), passes.spec().grid()));
    }
    TileNumbers tiles = TileNumbers.of(passes.spec().tiles());
    if (!bank.isEmpty() && tiles != null) {
      bank.put("tiles", tiles.asMap());
    }
    return bank;
  }

  private Measurement measure(ScoredPart scored, MapMeasure measure) {
    return new SecondPass(passes.run(), options.measure(), measure, SecondPass.RANGE_PIXELS)
        .measure(scored, passes.stages());
  }

  private CategoryOutcome outcome(
      BankPlace place, ScoredPart scored, Measurement measured, Optional<SearchQuality> quality) {
    Quarantine quarantine = passes.quarantine();
    CategoryResult result =
        new CategoryResult(
            category.name(),
            source.images(passes),
            scored.images().size(),
            quarantine.files(),
            place.dimension(),
            place.rows(),
            source.categories(),
            measured.metrics(),
            options.measure().resolutionName(),
            clock.total(),
            clock.seconds(),
            Stream.of(
                    notes.stream(),
                    place.note().stream(),
                    passes.stages().storageNote().stream(),
                    quality.map(SearchQuality::describe).stream())
                .flatMap(remarks -> remarks)
                .toList(),
            quality);
    return CategoryOutcome.of(
        result, bankOf(place), scored, measured, quarantine, reuse(scored.images().size()));
  }

  private Reuse reuse(int images) {
    return store
        .map(CategoryStore::reuse)
        .orElseGet(() -> isReuseReported ? Reuse.ofComputed(images) : Reuse.NONE);
  }
}
