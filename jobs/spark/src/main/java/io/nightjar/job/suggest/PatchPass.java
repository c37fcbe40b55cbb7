package io.nightjar.job.suggest;

import io.nightjar.backbone.patch.LinearReduction;
import io.nightjar.job.embed.Chunk;
import io.nightjar.job.embed.ChunkEmbedding;
import io.nightjar.job.embed.EmbeddedBatch;
import io.nightjar.job.embed.SourceImage;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;

/**
 * Embeds images and keeps some of their patches, reduced.
 *
 * @param cells the patches of each image by its path
 */
record PatchPass(
    ChunkEmbedding embedding,
    Broadcast<LinearReduction> reduction,
    int dimension,
    Broadcast<HashMap<String, int[]>> cells)
    implements FlatMapFunction<Iterator<Chunk>, PatchPass.Patches> {
  private static final long serialVersionUID = 1L;

  /**
   * Patches of an image.
   *
   * @param sha256 of its file
   * @param values row-major {@code [cells][dimension]}
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of values, never compared
  record Patches(String path, String sha256, float[] values) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public Iterator<Patches> call(Iterator<Chunk> chunks) {
    List<Patches> kept = new ArrayList<>();
    int patches = embedding.backbone().spec().patches();
    Iterator<EmbeddedBatch<float[]>> batches = embedding.batches(chunks, reduction.value());
    while (batches.hasNext()) {
      EmbeddedBatch<float[]> batch = batches.next();
      for (int image = 0; image < batch.images().size(); image++) {
        SourceImage source = batch.images().get(image);
        int[] own = cells.value().get(source.ref().relativePath());
        float[] values = new float[own.length * dimension];
        for (int i = 0; i < own.length; i++) {
          System.arraycopy(
              batch.patches(),
              (image * patches + own[i]) * dimension,
              values,
              i * dimension,
              dimension);
        }
        kept.add(new Patches(source.ref().relativePath(), source.sha256(), values));
      }
    }
    return kept.iterator();
  }
}
