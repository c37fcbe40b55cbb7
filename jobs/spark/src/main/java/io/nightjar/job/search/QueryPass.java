package io.nightjar.job.search;

import io.nightjar.backbone.patch.LinearReduction;
import io.nightjar.bank.shard.QueryBlock;
import io.nightjar.job.embed.Chunk;
import io.nightjar.job.embed.EmbeddedBatch;
import io.nightjar.job.embed.SourceImage;
import io.nightjar.job.measure.MapScoring;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;

/**
 * The pass over the test images before they meet a bank in shards: embed and reduce. All batches of
 * a chunk, of which there are several where images are cut into tiles, become one, whose number is
 * the chunk's.
 */
record QueryPass(MapScoring scoring, Broadcast<LinearReduction> reduction)
    implements FlatMapFunction<Iterator<Chunk>, QueriedImages> {
  private static final long serialVersionUID = 1L;

  @Override
  public Iterator<QueriedImages> call(Iterator<Chunk> chunks) {
    Iterator<EmbeddedBatch<float[]>> batches =
        scoring.embedding().batches(chunks, reduction.value());
    return new Iterator<>() {
      private EmbeddedBatch<float[]> next;

      @Override
      public boolean hasNext() {
        return next != null || batches.hasNext();
      }

      @Override
      public QueriedImages next() {
        List<EmbeddedBatch<float[]>> chunk = new ArrayList<>();
        chunk.add(next != null ? next : batches.next());
        next = null;
        while (next == null && batches.hasNext()) {
          EmbeddedBatch<float[]> more = batches.next();
          if (more.chunk() == chunk.get(0).chunk()) {
            chunk.add(more);
          } else {
            next = more;
          }
        }
        return queried(chunk);
      }
    };
  }

  private QueriedImages queried(List<EmbeddedBatch<float[]>> batches) {
    List<SourceImage> tiles = batches.stream().flatMap(batch -> batch.images().stream()).toList();
    int queries = Math.multiplyExact(tiles.size(), scoring.tilePatches());
    return new QueriedImages(
        new QueryBlock(batches.get(0).chunk(), queries, patches(batches)),
        tiles.stream()
            .filter(tile -> tile.tile() == 0)
            .collect(Collectors.toCollection(ArrayList::new)));
  }

  private static float[] patches(List<EmbeddedBatch<float[]>> batches) {
    if (batches.size() == 1) {
      return batches.get(0).patches();
    }
    int length =
        batches.stream().mapToInt(batch -> batch.patches().length).reduce(0, Math::addExact);
    float[] all = new float[length];
    int at = 0;
    for (EmbeddedBatch<float[]> batch : batches) {
      System.arraycopy(batch.patches(), 0, all, at, batch.patches().length);
      at += batch.patches().length;
    }
    return all;
  }
}
