package io.nightjar.job.fit;

import io.nightjar.backbone.graph.PatchLayout;
import io.nightjar.job.embed.Chunk;
import io.nightjar.job.embed.ChunkEmbedding;
import io.nightjar.job.run.FileOutcome;
import io.nightjar.pca.ChunkSums;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import scala.Tuple2;

/**
 * The covariances of a task's chunks: first those that are kept, which the task that adds them
 * reads, then those of the other chunks, which are computed and kept.
 */
final class KnownCovariances implements Iterator<Tuple2<Integer, ChunkSums>> {
  private final Iterator<Chunk> chunks;
  private final ChunkEmbedding embedding;
  private final KeptCovariances kept;
  private final PatchLayout layout;
  private final Set<Integer> unusable;
  private final Map<Integer, Chunk> others = new HashMap<>();
  private final List<Chunk> inOrder = new ArrayList<>();
  private Optional<Tuple2<Integer, ChunkSums>> next = Optional.empty();
  private ChunkCovariances computed;

  /**
   * @param unusable chunks whose covariances were there and could not be used
   */
  KnownCovariances(
      Iterator<Chunk> own, ChunkEmbedding embedding, KeptCovariances kept, Set<Integer> unusable) {
    this.chunks = own;
    this.unusable = unusable;
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
  public Tuple2<Integer, ChunkSums> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("The task has no more chunks");
    }
    if (next.isPresent()) {
      Tuple2<Integer, ChunkSums> found = next.get();
      next = Optional.empty();
      return found;
    }
    ChunkCovariances.Of of = computed.next();
    enter(of.images());
    kept.keep(others.get(of.chunk()), new KeptCovariances.Kept(of.images(), of.sums()));
    return new Tuple2<>(of.chunk(), new ChunkSums.Computed(of.sums()));
  }

  private Optional<Tuple2<Integer, ChunkSums>> known(Chunk chunk) {
    if (TaskContext.get().isInterrupted()) {
      throw new TaskKilledException("the job was cancelled");
    }
    Optional<List<PatchBlock.Source>> found =
        unusable.contains(chunk.index()) ? Optional.empty() : kept.images(chunk);
    if (found.isEmpty()) {
      others.put(chunk.index(), chunk);
      inOrder.add(chunk);
      return Optional.empty();
    }
    enter(found.get());
    embedding.handled().add(chunk.images().size());
    return Optional.of(new Tuple2<>(chunk.index(), new ChunkSums.Kept()));
  }

  /** Where the sums are kept, the images were read, if only for their hashes. */
  private void enter(List<PatchBlock.Source> images) {
    images.forEach(
        image -> embedding.outcomes().add(new FileOutcome(image.path(), image.sha256(), "")));
  }
}
