package io.nightjar.job.ensemble;

import io.nightjar.bank.search.RowRange;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.dataset.ImageRef;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.bank.KnownBank;
import io.nightjar.job.embed.Chunk;
import io.nightjar.job.embed.ChunkEmbedding;
import io.nightjar.job.evaluate.EvaluatedBank;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.guard.LeasedBank;
import io.nightjar.job.guard.LeaveOneOutPass;
import io.nightjar.job.guard.OwnImage;
import io.nightjar.job.memory.BankPlacement;
import io.nightjar.job.memory.MemoryPlan;
import io.nightjar.job.run.RunContext;
import io.nightjar.pca.components.PatchReduction;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.MapAverage;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.broadcast.Broadcast;

/**
 * How high patches of normal images score: a quantile of the scores of all patches of a bank's own
 * images, each image compared with the bank without its own rows, by the exact search and with as
 * many neighbours as test images are. Neither a test image nor a label takes part. Of more than
 * {@value #MOST_IMAGES} images so many are taken, evenly spaced in their order.
 *
 * <p>The rows of a bank that keeps all patches are the patches. Of a coreset the images are
 * embedded again, since the rows that it keeps are no sample of them.
 *
 * @param quantile above 0 and at most 1
 */
record NormalScale(double quantile) {
  static final int MOST_IMAGES = 1000;

  /**
   * The scale of one category.
   *
   * @param value above 0 and finite
   * @param images whose patches it was taken from
   */
  record OfCategory(double value, int images) {}

  /**
   * Takes the scale of a category.
   *
   * @throws InvalidInputException if its bank does not show how normal images score
   */
  @SuppressWarnings("try") // the memory is held, not used
  OfCategory of(EvaluatedBank bank) {
    RunContext run = bank.passes().run();
    StoredBank stored =
        bank.kept().get().map(KnownBank::stored).orElseThrow(NormalScale::noWholeBank);
    BankManifest manifest = stored.manifest();
    if (manifest.images().size() < 2) {
      throw new InvalidInputException(
          "It has a single normal image, which cannot be compared with others, so there is no scale"
              + " to average maps by.");
    }
    BankPlacement placement = run.memory().place(manifest.rows(), manifest.dimension(), true);
    if (placement.place() != BankPlacement.Place.WHOLE) {
      throw noWholeBank();
    }
    List<ImageRef> normal = bank.passes().readable(bank.normal());
    requireAll(normal, manifest);
    List<OwnImage> images = sample(OwnImage.of(manifest.images()));
    try (MemoryPlan.Reservation held = run.memory().take(placement, run::isCancelled);
        LeasedBank rows = LeasedBank.of(stored.memoryBank(), run.spark())) {
      int neighbours = bank.search().neighbours();
      bank.passes().stages().begin("score normal images");
      return scale(
          manifest.coreset().isPresent()
              ? ofPatches(
                  sample(normal), images, bank.passes(), stored.reduction(), rows, neighbours)
              : run.spark()
                  .parallelize(images, run.partitionsOf(images.size()))
                  .mapPartitions(new LeaveOneOutPass(rows, neighbours))
                  .map(LeaveOneOutPass.OwnDistances::values)
                  .collect());
    }
  }

  private static InvalidInputException noWholeBank() {
    return new InvalidInputException(
        "Its bank is not in the store, or does not fit whole into the memory of every executor, as"
            + " the comparison of its own images needs it, so there is no scale to average maps"
            + " by.");
  }

  /** An image has the rows at its place in the bank, whose order is that of the catalogue. */
  private static void requireAll(List<ImageRef> normal, BankManifest manifest) {
    int count = manifest.images().size();
    if (normal.size() != count) {
      throw new InvalidInputException(
          Text.format(
              "Its bank is of %d normal images, but %d can be read now; run it again when nothing"
                  + " writes to them.",
              count, normal.size()));
    }
  }

  /** Those of the bank's images whose patches are scored. */
  private static <T> List<T> sample(List<T> images) {
    List<T> sample = new ArrayList<>();
    int taken = Math.min(images.size(), MOST_IMAGES);
    for (int i = 0; i < taken; i++) {
      sample.add(images.get((int) ((long) i * images.size() / taken)));
    }
    return sample;
  }

  /** Of images whose patches are not all among the rows. */
  private static List<float[]> ofPatches(
      List<ImageRef> refs,
      List<OwnImage> images,
      CategoryPasses passes,
      PatchReduction reduction,
      LeasedBank rows,
      int neighbours) {
    RunContext run = passes.run();
    Map<String, RowRange> own = new LinkedHashMap<>();
    for (int i = 0; i < refs.size(); i++) {
      own.put(refs.get(i).relativePath(), images.get(i).rows());
    }
    List<Chunk> chunks = Chunk.cut(refs, run.embed().batchImages());
    ChunkEmbedding embedding = passes.keeping(passes.embedding(), refs);
    Broadcast<PatchReduction> shared = run.spark().broadcast(reduction);
    try {
      List<float[]> distances =
          run.spark()
              .parallelize(chunks, run.partitions(chunks.size()))
              .mapPartitions(new OwnPatchesPass(embedding, shared, rows, own, neighbours))
              .collect();
      if (passes.settle(embedding)) {
        throw new InvalidInputException(
            "A normal image changed while the run read it; run it again when nothing writes to"
                + " them.");
      }
      return distances;
    } finally {
      shared.destroy();
    }
  }

  private OfCategory scale(List<float[]> distances) {
    int count = distances.stream().mapToInt(image -> image.length).sum();
    float[] all = new float[count];
    int at = 0;
    for (float[] image : distances) {
      System.arraycopy(image, 0, all, at, image.length);
      at += image.length;
    }
    double value = MapAverage.quantile(new AnomalyMap(all, count, 1), quantile);
    if (!(value > 0)) {
      throw new InvalidInputException(
          Text.format(
              "Its maps cannot be averaged with others: the %s-quantile of the scores of normal"
                  + " patches is %s, and must be above 0.",
              quantile, value));
    }
    return new OfCategory(value, distances.size());
  }
}
