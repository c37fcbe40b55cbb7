package io.nightjar.job.reason;

import io.nightjar.backbone.patch.PatchMaps;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.job.embed.Chunk;
import io.nightjar.job.embed.ChunkEmbedding;
import io.nightjar.job.embed.EmbeddedBatch;
import io.nightjar.job.embed.SourceImage;
import io.nightjar.pca.components.PatchReduction;
import io.nightjar.pca.reason.ComponentSpace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;

/**
 * Embeds images again and keeps of each its highest patches alone, reduced as those that were
 * searched.
 *
 * @param cells the patches of each image by its path; images that are not named are passed over
 */
record QueryReasonsPass(
    ChunkEmbedding embedding,
    Broadcast<PatchReduction> reduction,
    Broadcast<HashMap<String, int[]>> cells)
    implements FlatMapFunction<Iterator<Chunk>, HighestQueries> {
  private static final long serialVersionUID = 1L;

  @Override
  public Iterator<HighestQueries> call(Iterator<Chunk> chunks) {
    List<HighestQueries> queries = new ArrayList<>();
    ComponentSpace space = space(reduction.value(), embedding.backbone().spec());
    Iterator<EmbeddedBatch<PatchMaps>> batches = embedding.batches(chunks);
    while (batches.hasNext()) {
      EmbeddedBatch<PatchMaps> batch = batches.next();
      float[] rows = reduction.value().project(batch.patches());
      for (int image = 0; image < batch.images().size(); image++) {
        if (cells.value().containsKey(batch.images().get(image).ref().relativePath())) {
          queries.add(queries(batch, image, rows, space));
        }
      }
    }
    return queries.iterator();
  }

  /** The space of the components among the channels of an embedding. */
  static ComponentSpace space(PatchReduction reduction, EmbeddingSpec spec) {
    return new ComponentSpace(
        reduction, spec.branches().stream().map(EmbeddingSpec::stageChannels).toList());
  }

  private HighestQueries queries(
      EmbeddedBatch<PatchMaps> batch, int image, float[] rows, ComponentSpace space) {
    SourceImage source = batch.images().get(image);
    int[] own = cells.value().get(source.ref().relativePath());
    int dimension = reduction.value().dimension();
    int first = image * batch.patches().layout().patches();
    float[] queries = new float[own.length * dimension];
    double[] outside = new double[own.length];
    float[] patches = batch.patches().patches(image, own);
    for (int i = 0; i < own.length; i++) {
      System.arraycopy(rows, (first + own[i]) * dimension, queries, i * dimension, dimension);
      outside[i] = space.outside(patches, i).orElse(Double.NaN);
    }
    return new HighestQueries(
        source.ref().relativePath(),
        source.sha256(),
        source.width(),
        source.height(),
        own,
        queries,
        outside);
  }
}
