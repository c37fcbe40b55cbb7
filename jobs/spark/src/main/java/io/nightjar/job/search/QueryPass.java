package io.nightjar.job.search;

import io.nightjar.backbone.patch.LinearReduction;
import io.nightjar.bank.shard.QueryBlock;
import io.nightjar.job.embed.Chunk;
import io.nightjar.job.embed.EmbeddedBatch;
import io.nightjar.job.measure.MapScoring;
import java.util.ArrayList;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;

/**
 * The pass over the test images before they meet a bank in shards: embed and reduce. A chunk is one
 * batch, so that its number is the batch's.
 */
record QueryPass(MapScoring scoring, Broadcast<LinearReduction> reduction)
    implements FlatMapFunction<Iterator<Chunk>, QueriedImages> {
  private static final long serialVersionUID = 1L;

  @Override
  public Iterator<QueriedImages> call(Iterator<Chunk> chunks) {
    Iterator<EmbeddedBatch<float[]>> batches =
        scoring.embedding().batches(chunks, reduction.value());
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return batches.hasNext();
      }

      @Override
      public QueriedImages next() {
        EmbeddedBatch<float[]> batch = batches.next();
        int queries = batch.images().size() * scoring.patches();
        return new QueriedImages(
            new QueryBlock(batch.chunk(), queries, batch.patches()),
            new ArrayList<>(batch.images()));
      }
    };
  }
}
