package io.nightjar.job.ensemble;

import io.nightjar.bank.BankSearches;
import io.nightjar.bank.search.LeaveOneOut;
import io.nightjar.bank.search.RowRange;
import io.nightjar.job.embed.Chunk;
import io.nightjar.job.embed.ChunkEmbedding;
import io.nightjar.job.embed.EmbeddedBatch;
import io.nightjar.job.guard.LeasedBank;
import io.nightjar.pca.components.PatchReduction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;

/**
 * Embeds images of a coreset again and scores their patches, each image without its own rows.
 *
 * @param own the rows of each image, by its path
 */
record OwnPatchesPass(
    ChunkEmbedding embedding,
    Broadcast<PatchReduction> reduction,
    LeasedBank bank,
    Map<String, RowRange> own,
    int neighbours)
    implements FlatMapFunction<Iterator<Chunk>, float[]> {
  private static final long serialVersionUID = 1L;

  @Override
  public Iterator<float[]> call(Iterator<Chunk> chunks) {
    List<float[]> distances = new ArrayList<>();
    try (BankSearches.Lease lease = bank.lease()) {
      Iterator<EmbeddedBatch<float[]>> batches =
          embedding.batches(chunks, reduction.value().linear());
      while (batches.hasNext()) {
        EmbeddedBatch<float[]> batch = batches.next();
        int image = batch.patches().length / batch.images().size();
        distances.addAll(
            LeaveOneOut.distances(
                lease.search(),
                batch.images().stream()
                    .map(source -> own.get(source.ref().relativePath()))
                    .toList(),
                i -> Arrays.copyOfRange(batch.patches(), i * image, (i + 1) * image),
                neighbours));
      }
    }
    return distances.iterator();
  }
}
