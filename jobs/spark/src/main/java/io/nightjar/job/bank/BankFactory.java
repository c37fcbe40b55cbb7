package io.nightjar.job.bank;

import io.nightjar.bank.approximate.SearchIndex;
import io.nightjar.bank.approximate.SearchMethod;
import io.nightjar.bank.coreset.Coreset;
import io.nightjar.bank.index.MllibFitting;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.selection.CoresetSelection;
import io.nightjar.bank.store.ImageRows;
import io.nightjar.bank.store.RowFiles;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.bank.store.WrittenRows;
import io.nightjar.dataset.ImageRef;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.fit.FitPasses;
import io.nightjar.job.fit.FittedPasses;
import io.nightjar.job.fit.ReducedRows;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.run.CategoryFailedException;
import io.nightjar.job.run.StageClock;
import io.nightjar.job.run.StageReport;
import io.nightjar.job.search.BankPlace;
import io.nightjar.job.search.BroadcastBank;
import io.nightjar.job.search.CategoryBank;
import io.nightjar.job.search.ShardedCategoryBank;
import io.nightjar.pca.components.PrincipalComponents;
import io.nightjar.text.Text;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Makes the bank that test images are compared with, of normal images or of a stored bank, where
 * its size lets it lie.
 *
 * @param notes where what is worth telling of the bank goes
 */
public record BankFactory(
    JavaSparkContext spark,
    Broadcast<SerializableConfiguration> configuration,
    EvaluationOptions options,
    CategoryPasses passes,
    StageReport stages,
    StageClock clock,
    List<String> notes) {

  /** What is kept between the two passes is freed before the test images come. */
  CategoryBank ofImages(List<ImageRef> train, int patches, boolean keepPatches) {
    try (FittedPasses fitted =
        clock.time("fit", () -> FittedPasses.of(train, passes, keepPatches))) {
      return ofFitted(fitted, (long) passes.sound(train).size() * patches);
    }
  }

  /**
   * Of images that the components are fitted to.
   *
   * @param rows of all their patches
   */
  CategoryBank ofFitted(FittedPasses fitted, long rows) {
    FitPasses over = fitted.passes();
    PrincipalComponents components = fitted.components();
    stages.begin("build the bank");
    if (!options.coreset().keepsAll()) {
      try (ReducedRows reduced = over.reduced(components)) {
        return coreset(reduced, components);
      }
    }
    if (!fits(rows, components)) {
      return sharded(components, over::projected);
    }
    try (ReducedRows reduced = over.reduced(components)) {
      return whole(components, clock.time("bank", reduced::bank));
    }
  }

  /** Of rows that are read where they are needed: by the driver, or by the executors alone. */
  public CategoryBank ofStored(StoredBank bank) {
    stages.begin("load the bank");
    PrincipalComponents components = bank.components();
    return fits(bank.manifest().rows(), components)
        ? whole(components, clock.time("bank", bank::memoryBank))
        : sharded(components, shared -> rows(bank));
  }

  private boolean fits(long rows, PrincipalComponents components) {
    return rows <= Integer.MAX_VALUE
        && BankPlace.bytes(rows, components.count()) <= options.broadcastLimit();
  }

  private CategoryBank coreset(ReducedRows reduced, PrincipalComponents components) {
    CoresetSelection selection = clock.time("bank", () -> reduced.selection(options.coreset()));
    LongAccumulator chosen = spark.sc().longAccumulator();
    stages.begin("choose rows for the coreset", selection.picks(), chosen);
    Coreset coreset = clock.time("coreset", () -> selection.select(chosen));
    notes.add(coreset.describe());
    if (!fits(coreset.size(), components)) {
      throw failure(
          Text.format(
                  "The coreset of %d rows takes %d MB, more than --broadcast-limit; choose a smaller",
                  coreset.size(), megabytes(coreset.size(), components))
              + " --coreset or a larger limit.");
    }
    return whole(components, reduced.bank(coreset));
  }

  private CategoryBank whole(PrincipalComponents components, MemoryBank bank) {
    return new BroadcastBank(spark, components, bank, index(bank), options);
  }

  private SearchIndex index(MemoryBank bank) {
    SearchMethod method = options.search();
    if (method.isExact()) {
      return method.fit(new MllibFitting(SparkSession.active()), bank);
    }
    stages.begin("index the bank");
    return clock.time("index", () -> method.fit(new MllibFitting(SparkSession.active()), bank));
  }

  private CategoryBank sharded(
      PrincipalComponents components,
      Function<Broadcast<PrincipalComponents>, JavaRDD<float[]>> rows) {
    if (!options.search().isExact()) {
      throw failure(
          "The bank takes more than --broadcast-limit, so that it is searched in shards, and"
              + Text.format(
                  " --search %s needs the whole bank on every executor; choose exact, or a larger limit.",
                  options.search().name()));
    }
    return clock.time("bank", () -> new ShardedCategoryBank(spark, components, rows, options));
  }

  /** The rows of a stored bank in its order, an image a block. */
  private JavaRDD<float[]> rows(StoredBank bank) {
    String uri = bank.location().uri();
    int dimension = bank.manifest().dimension();
    Broadcast<SerializableConfiguration> shared = configuration;
    List<WrittenRows> files = bank.rowFiles();
    return spark
        .parallelize(files, files.size())
        .flatMap(
            file ->
                RowFiles.read(uri, file.file(), file.images(), dimension, shared.value().value())
                    .stream()
                    .map(ImageRows::values)
                    .filter(values -> values.length > 0)
                    .iterator());
  }

  private static long megabytes(long rows, PrincipalComponents components) {
    return BankPlace.bytes(rows, components.count()) / 1_000_000;
  }

  private CategoryFailedException failure(String reason) {
    return new CategoryFailedException(reason, passes.quarantine().files());
  }
}
