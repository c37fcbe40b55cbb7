package io.nightjar.job.fit;

import io.nightjar.backbone.graph.PatchLayout;
import io.nightjar.job.embed.Chunk;
import io.nightjar.job.embed.ChunkEmbedding;
import io.nightjar.job.run.FileOutcome;
import io.nightjar.pca.covariance.PartialCovariance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import scala.Tuple2;

/**
 * The covariances of a task's chunks: first those that are kept, then those of the other chunks,
 * which are computed and kept.
 */
final class KnownCovariances implements Iterator<Tuple2<Integer, PartialCovariance>> {
  private final Iterator<Chunk> chunks;
  private final ChunkEmbedding embedding;
  private final KeptCovariances kept;
  private final PatchLayout layout;
  private final Map<Integer, Chunk> others = new HashMap<>();
  private final List<Chunk> inOrder = new ArrayList<>();
  private Optional<Tuple2<Integer, PartialCovariance>> next = Optional.empty();
  private ChunkCovariances computed;

  KnownCovariances(Iterator<Chunk> own, ChunkEmbedding embedding, KeptCovariances kept) {
    this.chunks = own;
    this.embedding = embedding;
    this.kept = kept;
    this.layout = embedding.backbone().value().layout();
    embedding.watch().begin();
  }

  @Override
  public boolean hasNext() {
    while (next.isEmpty() && chunks.hasNext()) {
      next = known(chunks.next());
    }
    if (next.isPresent()) {
      return true;
    }
    if (computed == null) {
      computed = new ChunkCovariances(FitPasses.blocks(inOrder.iterator(), embedding), layout);
    }
    return computed.hasNext();
  }

  @Override
  public Tuple2<Integer, PartialCovariance> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("The task has no more chunks");
    }
    if (next.isPresent()) {
      Tuple2<Integer, PartialCovariance> found = next.get();
      next = Optional.empty();
      return found;
    }
    ChunkCovariances.Of of = computed.next();
    enter(of.images());
    kept.keep(others.get(of.chunk()), new KeptCovariances.Kept(of.images(), of.sums()));
    return of.pair();
  }

  private Optional<Tuple2<Integer, PartialCovariance>> known(Chunk chunk) {
    if (TaskContext.get().isInterrupted()) {
      throw new TaskKilledException("the job was cancelled");
    }
    Optional<KeptCovariances.Kept> found = kept.find(chunk, layout.channels());
    if (found.isEmpty()) {
      others.put(chunk.index(), chunk);
      inOrder.add(chunk);
      return Optional.empty();
    }
    enter(found.get().images());
    embedding.handled().add(chunk.images().size());
    return Optional.of(new Tuple2<>(chunk.index(), found.get().sums()));
  }

  /** Where the sums are kept, the images were read, if only for their hashes. */
  private void enter(List<PatchBlock.Source> images) {
    images.forEach(
        image -> embedding.outcomes().add(new FileOutcome(image.path(), image.sha256(), "")));
  }
}
