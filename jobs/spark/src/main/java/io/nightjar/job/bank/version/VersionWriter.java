package io.nightjar.job.bank.version;

import io.nightjar.bank.coreset.Coreset;
import io.nightjar.bank.coreset.CoresetOptions;
import io.nightjar.bank.selection.CoresetSelection;
import io.nightjar.bank.store.BankBackbone;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.BankPublisher;
import io.nightjar.bank.store.PcaFile;
import io.nightjar.bank.store.WrittenRows;
import io.nightjar.dataset.ledger.Ledger;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.fit.FitPlan;
import io.nightjar.job.fit.FittedPasses;
import io.nightjar.job.fit.ReducedRows;
import io.nightjar.job.fit.RowFilter;
import io.nightjar.job.guard.CoresetScores;
import io.nightjar.job.options.StageWork.Counted;
import io.nightjar.job.run.BuildInfo;
import io.nightjar.job.run.CategoryFailedException;
import io.nightjar.job.run.StageReport;
import io.nightjar.pca.components.PatchReduction;
import io.nightjar.text.Text;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.apache.spark.util.LongAccumulator;

/**
 * Writes the rows of a bank, and publishes them as its next version.
 *
 * @param passes over the bank's images
 * @param name of the bank
 */
public record VersionWriter(CategoryPasses passes, String name, NextVersion next, FitPlan plan) {

  /**
   * Rows that were written; no manifest names them yet.
   *
   * @param coreset that they are; empty where they are those of all patches
   * @param scores of the images of a coreset, taken while their patches were at hand; empty where
   *     they were not asked for
   */
  public record Written(
      List<WrittenRows> rows, Optional<Coreset> coreset, Optional<CoresetScores> scores) {}

  /**
   * What the manifest says of the bank besides its rows.
   *
   * @param sources where the images come from
   * @param inputs what became of every entry that was found; empty where nothing was listed
   * @param note for a reader
   */
  public record Origin(List<BankManifest.Source> sources, Optional<Ledger> inputs, String note) {}

  /**
   * Writes the rows of all images, or of a coreset of them.
   *
   * @param readable the number of the images
   * @param scored whether the images of a coreset are scored
   * @throws CategoryFailedException if they have other numbers of patches than was expected
   */
  public Written write(FittedPasses fitted, int readable, boolean scored) {
    long patches = (long) readable * passes.spec().patches();
    StageReport stages = passes.stages();
    try (ReducedRows reduced = fitted.passes().reduced(fitted.reduction())) {
      Optional<Coreset> coreset = coreset(reduced, patches);
      stages.begin("write the bank");
      List<WrittenRows> rows =
          reduced.write(coreset, next.uri(), passes.run().configuration(), RowFilter.ALL);
      if (coreset.isEmpty()) {
        requireRows(rows.stream().mapToLong(file -> file.file().rows()).sum(), patches);
      }
      return new Written(
          rows,
          coreset,
          coreset
              .filter(any -> scored)
              .map(
                  of ->
                      CoresetScores.take(
                          reduced, () -> reduced.bank(of), images(rows), passes.run(), stages)));
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
    StageReport stages = passes.stages();
    stages.begin("project patches");
    CoresetSelection selection = rows.selection(options);
    requireRows(selection.rows(), patches);
    LongAccumulator chosen = stages.counter();
    stages.begin("choose rows for the coreset", Counted.ROWS, selection.picks(), chosen);
    return Optional.of(selection.select(chosen));
  }

  /** Makes rows that were written the next version of the bank. */
  public BankManifest publish(PatchReduction reduction, List<WrittenRows> rows, Origin origin) {
    BankManifest manifest = manifest(reduction, rows, origin);
    new BankPublisher(next.uri(), passes.run().hadoop()).publish(manifest);
    return manifest;
  }

  private BankManifest manifest(PatchReduction reduction, List<WrittenRows> rows, Origin origin) {
    List<BankManifest.Image> written = images(rows);
    return new BankManifest(
        next.version(),
        next.parent(),
        name,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        BuildInfo.creator(),
        BankBackbone.of(passes.backbone().value()),
        reduction.dimension(),
        written,
        PcaFile.write(
            reduction, plan.bank().rule(), written.size(), next.uri(), passes.run().hadoop()),
        rows.stream().map(WrittenRows::file).toList(),
        keptCoreset(),
        origin.sources(),
        origin.inputs(),
        origin.note(),
        passes.whiteLevel().sampleUnlessFull(),
        reduction
            .position()
            .map(place -> new BankManifest.Position(plan.bank().position(), place.step())));
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
}
