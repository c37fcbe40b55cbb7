package io.nightjar.job;

import io.nightjar.bank.BankSearches;
import io.nightjar.bank.ExactSearch;
import io.nightjar.bank.MemoryBank;
import io.nightjar.dataset.DefectiveFileException;
import io.nightjar.dataset.FileBytes;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Mask;
import io.nightjar.metric.ScoreHistogram;
import io.nightjar.pca.PrincipalComponents;
import io.nightjar.score.AnomalyMap;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;

/**
 * The pass over the test images: embed, project, search, upsample and count. What leaves the task
 * is a histogram and one 28x28 map an image.
 */
record ScorePass(
    ChunkEmbedding embedding,
    Broadcast<PrincipalComponents> components,
    Broadcast<MemoryBank> bank,
    long searchKey,
    int neighbours,
    MapMeasure measure)
    implements FlatMapFunction<Iterator<Chunk>, ScoredPart> {
  private static final long serialVersionUID = 1L;

  @Override
  public Iterator<ScoredPart> call(Iterator<Chunk> chunks) {
    ScoredPart part = ScoredPart.empty();
    try (BankSearches.Lease lease = BankSearches.acquire(searchKey, bank::value)) {
      while (chunks.hasNext()) {
        Iterator<EmbeddedBatch> batches = embedding.batches(chunks.next());
        while (batches.hasNext()) {
          score(batches.next(), lease.search(), part);
        }
      }
    }
    return java.util.List.of(part).iterator();
  }

  private void score(EmbeddedBatch batch, ExactSearch search, ScoredPart part) {
    int grid = embedding.trunk().value().spec().grid();
    int patches = grid * grid;
    int rows = batch.images().size() * patches;
    float[] reduced = components.value().project(batch.patches(), rows);
    float[] distances = search.meanDistances(reduced, rows, neighbours);
    for (int i = 0; i < batch.images().size(); i++) {
      float[] values = Arrays.copyOfRange(distances, i * patches, (i + 1) * patches);
      score(batch.images().get(i), new AnomalyMap(values, grid, grid), part);
    }
  }

  private void score(LoadedImage image, AnomalyMap map, ScoredPart part) {
    Mask mask;
    try {
      mask = maskOf(image);
    } catch (DefectiveFileException e) {
      // Without its truth an image cannot be judged; it is told and left out as a whole.
      embedding
          .outcomes()
          .add(new FileOutcome(image.ref().relativePath(), image.sha256(), e.reason()));
      return;
    }
    MapMeasure.Counts counts;
    try {
      counts = measure.count(map, mask);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "The anomaly map of %s/%s cannot be counted: %s"
              .formatted(image.ref().category(), image.ref().relativePath(), e.getMessage()),
          e);
    }
    part.histogram().merge(counts.histogram());
    part.images()
        .add(
            new ScoredImage(
                image.ref(), map, counts.imageScore(), ownAuprc(image.ref(), counts.histogram())));
  }

  private Mask maskOf(LoadedImage image) throws DefectiveFileException {
    ImageRef ref = image.ref();
    if (!ref.isDefective()) {
      return measure.atEvaluationSize(Mask.empty(image.width(), image.height()));
    }
    Configuration configuration = embedding.configuration().value().value();
    byte[] bytes = FileBytes.read(ref.maskUri(), configuration);
    Mask mask = Mask.decode(bytes, ref.maskUri());
    if (mask.width() != image.width() || mask.height() != image.height()) {
      throw new DefectiveFileException(
          ref.maskUri(),
          "The mask has %d x %d pixels, its image %d x %d."
              .formatted(mask.width(), mask.height(), image.width(), image.height()));
    }
    embedding
        .outcomes()
        .add(new FileOutcome(ref.relativePath() + "#mask", LoadedImage.sha256(bytes), ""));
    return measure.atEvaluationSize(mask);
  }

  private static double ownAuprc(ImageRef ref, ScoreHistogram histogram) {
    if (!ref.isDefective()) {
      return Double.NaN;
    }
    return histogram.metrics().auprc().asOptional().orElse(Double.NaN);
  }
}
