package io.nightjar.job.bank;

import io.nightjar.bank.approximate.SearchIndex;
import io.nightjar.bank.approximate.SearchMethod;
import io.nightjar.bank.coreset.Coreset;
import io.nightjar.bank.coreset.CoresetOptions;
import io.nightjar.bank.index.MllibFitting;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.selection.CoresetSelection;
import io.nightjar.bank.shard.StoredRows;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.bank.store.WrittenRows;
import io.nightjar.dataset.ImageRef;
import io.nightjar.io.artifact.ArtifactKey;
import io.nightjar.job.artifact.CategoryStore;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.fit.ChangedFilesException;
import io.nightjar.job.fit.FitPasses;
import io.nightjar.job.fit.FitPlan;
import io.nightjar.job.fit.FittedPasses;
import io.nightjar.job.fit.ReducedRows;
import io.nightjar.job.options.SearchOptions;
import io.nightjar.job.options.StageWork.Counted;
import io.nightjar.job.run.CategoryFailedException;
import io.nightjar.job.run.StageClock;
import io.nightjar.job.run.StageReport;
import io.nightjar.job.search.BankPlace;
import io.nightjar.job.search.BankPlacing;
import io.nightjar.job.search.BroadcastBank;
import io.nightjar.job.search.CategoryBank;
import io.nightjar.job.search.ScannedBank;
import io.nightjar.job.search.ShardSizes;
import io.nightjar.job.search.ShardedCategoryBank;
import io.nightjar.pca.components.PatchReduction;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the bank that test images are compared with, of normal images or of a stored bank, on every
 * executor or in shards as its size demands.
 *
 * @param clock times the stages
 * @param notes receives what a reader of the results should know of the bank
 * @param store where banks are kept; empty where they are not
 */
public record BankFactory(
    CategoryPasses passes,
    SearchOptions search,
    StageClock clock,
    List<String> notes,
    Optional<CategoryStore> store) {
  private static final Logger LOG = LoggerFactory.getLogger(BankFactory.class);

  /** A factory of banks that are not kept. */
  public BankFactory(
      CategoryPasses passes, SearchOptions search, StageClock clock, List<String> notes) {
    this(passes, search, clock, notes, Optional.empty());
  }

  /** What is kept between the two passes is freed before the test images come. */
  CategoryBank ofImages(List<ImageRef> train, FitPlan plan) {
    int patches = passes.spec().patches();
    placing().requireRoom((long) passes.readable(train).size() * patches, plan.bank().coreset());
    if (store.isPresent()) {
      return ofKept(new BankKeeper(store.get(), passes), train, patches, plan);
    }
    return ofFitted(
        () -> FittedPasses.of(train, passes, plan),
        () -> (long) passes.readable(train).size() * patches,
        plan);
  }

  /** Of the store where it is there and whole; otherwise it is built, kept, and read from there. */
  private CategoryBank ofKept(BankKeeper keeper, List<ImageRef> train, int patches, FitPlan plan) {
    Optional<CategoryBank> found = keeper.find(train).flatMap(this::opened);
    if (found.isPresent()) {
      keeper.store().bankTaken();
      return found.get();
    }
    while (true) {
      try (FittedPasses fitted = clock.time("fit", () -> FittedPasses.of(train, passes, plan))) {
        keeper.store().bankBuilt();
        long expected = (long) passes.readable(train).size() * patches;
        Optional<CategoryBank> kept = keeper.keep(fitted, train, plan, clock).flatMap(this::opened);
        return kept.isPresent()
            ? kept.get()
            : fitted.verified(() -> ofFitted(fitted, expected, plan), CategoryBank::close);
      } catch (ChangedFilesException e) {
        LOG.warn("Bank of {}: built again without files that changed", stages().category(), e);
      }
    }
  }

  /** A kept bank; empty where a file is not what its manifest says, or the store fails. */
  private Optional<CategoryBank> opened(BankKeeper.Kept kept) {
    int before = notes.size();
    Optional<CategoryBank> opened =
        unlessUnusable(
            kept.key(), () -> ofStored(kept.bank(), List.of(kept.bank().manifest().note())));
    if (opened.isEmpty()) {
      notes.subList(before, notes.size()).clear();
    }
    return opened;
  }

  /** Where a bank would be that is kept already, if every executor would hold it. */
  Optional<KnownBank> known(List<ImageRef> train) {
    return store
        .flatMap(kept -> new BankKeeper(kept, passes).find(train))
        .filter(
            kept ->
                placing()
                    .isWhole(kept.bank().manifest().rows(), kept.bank().manifest().dimension()))
        .map(
            kept -> {
              BankManifest manifest = kept.bank().manifest();
              return new KnownBank(
                  kept.key(),
                  kept.bank(),
                  BankPlace.whole(manifest.rows(), manifest.dimension()),
                  remarks(List.of(manifest.note(), ofPosition(manifest.position()))));
            });
  }

  /**
   * Does something with the files of the bank of these images, where it is kept.
   *
   * @return empty where it is not, or one of the files turned out not to be what its manifest says,
   *     and the bank was removed from the store, or where the store did not answer
   */
  <T> Optional<T> withKept(List<ImageRef> train, Function<StoredBank, T> work) {
    return store
        .flatMap(kept -> new BankKeeper(kept, passes).find(train))
        .flatMap(found -> unlessUnusable(found.key(), () -> work.apply(found.bank())));
  }

  /**
   * Compares few images with a bank that is kept.
   *
   * @param work with the bank, which is closed after it
   * @return empty where one of the bank's files turned out not to be what its manifest says, and
   *     the bank was removed from the store, or where the store did not answer
   */
  public <T> Optional<T> unlessUnusable(KnownBank bank, Function<CategoryBank, T> work) {
    return unlessUnusable(
        bank.key(),
        () -> {
          try (CategoryBank scanned = new ScannedBank(passes.run(), bank.stored(), search)) {
            return work.apply(scanned);
          }
        });
  }

  private <T> Optional<T> unlessUnusable(ArtifactKey key, Supplier<T> work) {
    return store.orElseThrow().unlessUnusable(key, work);
  }

  private static String ofPosition(Optional<BankManifest.Position> position) {
    return position.map(BankManifest.Position::describe).orElse("");
  }

  private static List<String> remarks(List<String> sentences) {
    return sentences.stream().filter(sentence -> !sentence.isEmpty()).toList();
  }

  /**
   * Of images that the components are fitted to; again where one of them changed since.
   *
   * @param fit fits them
   * @param rows of all their patches, once they are fitted
   */
  CategoryBank ofFitted(Supplier<FittedPasses> fit, LongSupplier rows, FitPlan plan) {
    int before = notes.size();
    while (true) {
      try (FittedPasses fitted = clock.time("fit", fit)) {
        long expected = rows.getAsLong();
        return fitted.verified(() -> ofFitted(fitted, expected, plan), CategoryBank::close);
      } catch (ChangedFilesException e) {
        LOG.warn("Bank of {}: built again without files that changed", stages().category(), e);
        notes.subList(before, notes.size()).clear();
      }
    }
  }

  private CategoryBank ofFitted(FittedPasses fitted, long rows, FitPlan plan) {
    stages().begin("build the bank");
    CategoryBank bank = bankOf(fitted, rows, plan);
    fitted.position(plan).map(BankManifest.Position::describe).ifPresent(notes::add);
    return bank;
  }

  private CategoryBank bankOf(FittedPasses fitted, long rows, FitPlan plan) {
    FitPasses over = fitted.passes();
    PatchReduction reduction = fitted.reduction();
    if (!plan.bank().coreset().keepsAll()) {
      try (ReducedRows reduced = over.reduced(reduction)) {
        return coreset(reduced, reduction, plan.bank().coreset(), rows);
      }
    }
    return requireRows(
        placing()
            .place(
                rows,
                reduction.dimension(),
                () -> {
                  try (ReducedRows reduced = over.reduced(reduction)) {
                    return whole(reduction, clock.time("bank", reduced::bank));
                  }
                },
                sizes -> sharded(reduction, over::projected, sizes)),
        rows);
  }

  /** Of rows that are read where they are needed: by the driver, or by the executors alone. */
  public CategoryBank ofStored(StoredBank bank) {
    return ofStored(
        bank, StoredCoreset.of(bank.manifest()).map(StoredCoreset::note).stream().toList());
  }

  private CategoryBank ofStored(StoredBank bank, List<String> remarks) {
    stages().begin("load the bank");
    notes.addAll(remarks(remarks));
    notes.addAll(remarks(List.of(ofPosition(bank.manifest().position()))));
    PatchReduction reduction = bank.reduction();
    return placing()
        .place(
            bank.manifest().rows(),
            reduction.dimension(),
            () -> whole(reduction, clock.time("bank", bank::memoryBank)),
            sizes -> sharded(reduction, shared -> rows(bank), sizes));
  }

  private StageReport stages() {
    return passes.stages();
  }

  private BankPlacing placing() {
    return new BankPlacing(passes, search, clock);
  }

  private CategoryBank requireRows(CategoryBank bank, long rows) {
    if (bank.place().rows() != rows) {
      bank.close();
      throw wrongRows(bank.place().rows(), rows);
    }
    return bank;
  }

  private CategoryFailedException wrongRows(long found, long expected) {
    return failure(
        Text.format(
            "The bank has %d rows, but its readable normal images have %d patches: files changed while the"
                + " run read them. Run it again when nothing writes to them.",
            found, expected));
  }

  private CategoryBank coreset(
      ReducedRows reduced, PatchReduction reduction, CoresetOptions options, long rows) {
    CoresetSelection selection = clock.time("bank", () -> reduced.selection(options));
    if (selection.rows() != rows) {
      throw wrongRows(selection.rows(), rows);
    }
    LongAccumulator chosen = stages().counter();
    stages().begin("choose rows for the coreset", Counted.ROWS, selection.picks(), chosen);
    Coreset coreset = clock.time("coreset", () -> selection.select(chosen));
    notes.add(coreset.describe());
    return placing()
        .whole(
            coreset.size(), reduction.dimension(), () -> whole(reduction, reduced.bank(coreset)));
  }

  private CategoryBank whole(PatchReduction reduction, MemoryBank bank) {
    return placed(new BroadcastBank(passes.run(), reduction, bank, index(bank), search));
  }

  private SearchIndex index(MemoryBank bank) {
    SearchMethod method = search.method();
    if (method.isExact()) {
      return method.fit(new MllibFitting(SparkSession.active()), bank);
    }
    stages().begin("index the bank");
    return clock.time("index", () -> method.fit(new MllibFitting(SparkSession.active()), bank));
  }

  private CategoryBank sharded(
      PatchReduction reduction,
      Function<Broadcast<PatchReduction>, JavaRDD<float[]>> rows,
      ShardSizes sizes) {
    return placed(
        clock.time(
            "bank", () -> new ShardedCategoryBank(passes.run(), reduction, rows, search, sizes)));
  }

  /** For the operator of a cluster, who looks for the memory that it takes. */
  private CategoryBank placed(CategoryBank bank) {
    LOG.info("Bank of {}: {}", stages().category(), bank.place().summary());
    return bank;
  }

  /** The rows of a stored bank in its order, an image a block. */
  private JavaRDD<float[]> rows(StoredBank bank) {
    StoredRows rows = StoredRows.of(bank, passes.run().configuration());
    List<WrittenRows> files = bank.rowFiles();
    return passes
        .run()
        .spark()
        .parallelize(files, files.size())
        .flatMap(file -> rows.blocks(file).iterator());
  }

  private CategoryFailedException failure(String reason) {
    return new CategoryFailedException(reason, passes.quarantine().files());
  }
}
