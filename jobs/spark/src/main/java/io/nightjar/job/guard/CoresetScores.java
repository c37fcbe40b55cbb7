package io.nightjar.job.guard;

import io.nightjar.bank.BankSearches;
import io.nightjar.bank.search.LeaveOneOut;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.search.RowRange;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.dataset.ImageRef;
import io.nightjar.job.embed.ChunkEmbedding;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.fit.FitPlan;
import io.nightjar.job.fit.FittedPasses;
import io.nightjar.job.fit.ReducedRows;
import io.nightjar.job.memory.BankPlacement;
import io.nightjar.job.memory.MemoryPlan;
import io.nightjar.job.options.StageWork.Counted;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.run.StageReport;
import io.nightjar.text.Text;
import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;

/**
 * The leave-one-image-out scores of the images of a coreset, taken while all of their patches are
 * at hand: every patch of an image, also those that the coreset leaves out, is compared with the
 * rows that it keeps of other images.
 *
 * @param scores in the bank's order; empty where there is a reason
 * @param reason why there are none, a sentence
 */
public record CoresetScores(List<OwnScores> scores, Optional<String> reason) {

  /**
   * Compares the images with the coreset, or a sample of those of a large bank.
   *
   * @param rows all patches of the images
   * @param bank gathers the coreset, in the order of the images; asked where there is room for it
   * @param images of the bank, with the number of rows that it keeps of each
   */
  @SuppressWarnings("try") // the memory is held, not used
  public static CoresetScores take(
      ReducedRows rows,
      Supplier<MemoryBank> bank,
      List<BankManifest.Image> images,
      RunContext run,
      StageReport stages) {
    if (images.stream().filter(image -> image.rows() > 0).count() < 2) {
      return new CoresetScores(
          List.of(),
          Optional.of("The coreset keeps patches of a single image, which has no others."));
    }
    long kept = images.stream().mapToLong(BankManifest.Image::rows).sum();
    BankPlacement placement = run.memory().place(kept, rows.dimension(), true);
    if (placement.place() != BankPlacement.Place.WHOLE) {
      return new CoresetScores(
          List.of(),
          Optional.of(
              Text.format(
                  "The coreset of %d rows does not fit whole into the memory of every executor.",
                  kept)));
    }
    List<OwnImage> sample = ReferenceScoring.sample(images);
    LongAccumulator done = stages.counter();
    stages.begin(ReferenceScoring.STAGE, Counted.IMAGES, sample.size(), done);
    HashMap<String, RowRange> own = new HashMap<>();
    sample.forEach(image -> own.put(image.path(), image.rows()));
    Broadcast<HashMap<String, RowRange>> shared = run.spark().broadcast(own);
    try (MemoryPlan.Reservation held = run.memory().take(placement, run::isCancelled);
        LeasedBank leased = LeasedBank.of(bank.get(), run.spark())) {
      Map<String, List<OwnTile>> found = new HashMap<>();
      rows.images()
          .filter(image -> shared.value().containsKey(image.path()))
          .mapPartitions(new Pass(leased, shared, done))
          .collect()
          .forEach(tile -> found.computeIfAbsent(tile.path(), key -> new ArrayList<>()).add(tile));
      return new CoresetScores(
          sample.stream().map(image -> scores(found.get(image.path()))).toList(), Optional.empty());
    } finally {
      shared.destroy();
    }
  }

  /**
   * Compares the images of a coreset that was built before with it.
   *
   * @param train its images
   * @throws io.nightjar.job.fit.ChangedFilesException if one is not what it was
   */
  public static CoresetScores take(
      StoredBank bank, List<ImageRef> train, CategoryPasses passes, FitPlan plan) {
    ChunkEmbedding embedding = passes.embedding();
    try (FittedPasses fitted =
            new FittedPasses(
                passes.fitPasses(train, embedding, plan), bank.reduction(), passes, embedding);
        ReducedRows rows = fitted.passes().reduced(fitted.reduction())) {
      return fitted.verified(
          () ->
              take(rows, bank::memoryBank, bank.manifest().images(), passes.run(), passes.stages()),
          unused -> {});
    }
  }

  /**
   * Keeps them next to the version that was published of these images.
   *
   * @return why it has no scores, a sentence; empty where it has
   */
  public Optional<String> keep(BankLocation version, RunContext run) {
    if (reason.isEmpty()) {
      StoredBank bank = StoredBank.open(version, run.hadoop());
      ReferenceScoring.scores(bank.manifest(), scores).store(bank.location().uri(), run.hadoop());
    }
    return reason;
  }

  /** The distances of the patches of an image, or of one of its tiles. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  private record OwnTile(String path, int tile, float[] distances) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * @param tiles all of an image, in any order
   */
  private static OwnScores scores(List<OwnTile> tiles) {
    tiles.sort(Comparator.comparingInt(OwnTile::tile));
    FloatBuffer all =
        FloatBuffer.allocate(tiles.stream().mapToInt(tile -> tile.distances().length).sum());
    tiles.forEach(tile -> all.put(tile.distances()));
    return OwnScores.of(tiles.get(0).path(), all.array());
  }

  /** Scores a few images at a time, since a search shares its work among its queries. */
  private record Pass(
      LeasedBank bank, Broadcast<HashMap<String, RowRange>> own, LongAccumulator done)
      implements FlatMapFunction<Iterator<ReducedRows.Image>, OwnTile> {
    private static final long serialVersionUID = 1L;

    private static final int TOGETHER = 8;

    @Override
    public Iterator<OwnTile> call(Iterator<ReducedRows.Image> images) {
      List<OwnTile> scores = new ArrayList<>();
      List<ReducedRows.Image> together = new ArrayList<>();
      while (images.hasNext()) {
        together.add(images.next());
        if (together.size() == TOGETHER || !images.hasNext()) {
          score(together, scores);
          together.clear();
        }
      }
      return scores.iterator();
    }

    private void score(List<ReducedRows.Image> images, List<OwnTile> scores) {
      try (BankSearches.Lease lease = bank.lease()) {
        List<float[]> distances =
            LeaveOneOut.distances(
                lease.search(),
                images.stream().map(image -> own.value().get(image.path())).toList(),
                number -> images.get(number).rows(),
                1);
        for (int i = 0; i < distances.size(); i++) {
          scores.add(new OwnTile(images.get(i).path(), images.get(i).tile(), distances.get(i)));
        }
        done.add(images.stream().filter(image -> image.tile() == 0).count());
      }
    }
  }
}
