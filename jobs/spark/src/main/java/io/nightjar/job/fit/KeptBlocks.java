package io.nightjar.job.fit;

import io.nightjar.backbone.graph.PatchLayout;
import io.nightjar.backbone.patch.PatchMaps;
import io.nightjar.dataset.ImageRef;
import io.nightjar.job.embed.Chunk;
import io.nightjar.job.embed.ChunkEmbedding;
import io.nightjar.job.embed.EmbeddedBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;

/**
 * The patches of a task's chunks, batch by batch: of some images as they were kept, those of the
 * others are embedded and kept. Batches hold the same images as where all are embedded, and an
 * image's values do not depend on its batch, so that all that follows has the same bits.
 */
final class KeptBlocks implements Iterator<PatchBlock> {
  private final Iterator<Chunk> chunks;
  private final ChunkEmbedding embedding;
  private final KeptPatches kept;
  private final PatchLayout layout;
  private final Set<ImageRef> known = new HashSet<>();
  private final Iterator<EmbeddedBatch<PatchMaps>> embedded;
  private final ArrayDeque<One> waiting = new ArrayDeque<>();
  private Iterator<ImageRef> images = Collections.emptyIterator();
  private int chunk;
  private int batch;
  private List<One> next = List.of();

  private record One(String path, KeptPatches.Kept patches) {}

  KeptBlocks(Iterator<Chunk> own, ChunkEmbedding embedding, KeptPatches kept) {
    this.embedding = embedding;
    this.kept = kept;
    this.layout = embedding.backbone().value().layout();
    embedding.watch().begin();
    List<Chunk> all = new ArrayList<>();
    own.forEachRemaining(all::add);
    List<Chunk> others = new ArrayList<>();
    for (Chunk one : all) {
      one.images().stream().filter(kept::has).forEach(known::add);
      ArrayList<ImageRef> unknown = new ArrayList<>(one.images());
      unknown.removeIf(known::contains);
      if (!unknown.isEmpty()) {
        others.add(new Chunk(one.index(), unknown));
      }
    }
    // Where all are known, no network is loaded.
    embedded =
        others.isEmpty() ? Collections.emptyIterator() : embedding.batches(others.iterator());
    chunks = all.iterator();
  }

  @Override
  public boolean hasNext() {
    while (next.isEmpty() && (images.hasNext() || chunks.hasNext())) {
      if (!images.hasNext()) {
        Chunk begun = chunks.next();
        chunk = begun.index();
        batch = 0;
        images = begun.images().iterator();
      }
      next = load();
    }
    return !next.isEmpty();
  }

  @Override
  public PatchBlock next() {
    if (!hasNext()) {
      throw new NoSuchElementException("The chunks have no more batches");
    }
    ArrayList<PatchBlock.Source> sources = new ArrayList<>();
    next.forEach(one -> sources.add(new PatchBlock.Source(one.path(), one.patches().sha256())));
    PatchBlock block = new PatchBlock(chunk, batch++, sources, together(next));
    next = List.of();
    return block;
  }

  private List<One> load() {
    List<One> loaded = new ArrayList<>();
    while (images.hasNext() && loaded.size() < embedding.batchImages()) {
      if (TaskContext.get().isInterrupted()) {
        throw new TaskKilledException("the job was cancelled");
      }
      ImageRef image = images.next();
      (known.contains(image) ? stored(image) : computed(image)).ifPresent(loaded::add);
    }
    return loaded;
  }

  private Optional<One> stored(ImageRef image) {
    Optional<KeptPatches.Kept> found = kept.find(image, layout);
    if (found.isEmpty()) {
      return alone(image);
    }
    embedding.handled().add(1);
    return found.map(patches -> new One(image.relativePath(), patches));
  }

  /** Of an image whose patches were there and cannot be used. */
  private Optional<One> alone(ImageRef image) {
    Iterator<EmbeddedBatch<PatchMaps>> one =
        embedding.batches(List.of(new Chunk(0, new ArrayList<>(List.of(image)))).iterator());
    return one.hasNext() ? separate(one.next()).stream().findFirst() : Optional.empty();
  }

  /** The next of those that are embedded; empty where the image's file is unreadable. */
  private Optional<One> computed(ImageRef image) {
    if (waiting.isEmpty() && embedded.hasNext()) {
      waiting.addAll(separate(embedded.next()));
    }
    return !waiting.isEmpty() && waiting.peek().path().equals(image.relativePath())
        ? Optional.of(waiting.remove())
        : Optional.empty();
  }

  /** The images of a batch, each of which is kept. */
  private List<One> separate(EmbeddedBatch<PatchMaps> together) {
    List<One> separate = new ArrayList<>();
    for (int i = 0; i < together.images().size(); i++) {
      List<float[]> levels = new ArrayList<>();
      for (int level = 0; level < layout.levels().size(); level++) {
        int values = layout.levels().get(level).values();
        levels.add(
            Arrays.copyOfRange(together.patches().level(level), i * values, (i + 1) * values));
      }
      ImageRef image = together.images().get(i).ref();
      KeptPatches.Kept patches =
          new KeptPatches.Kept(together.images().get(i).sha256(), new PatchMaps(layout, 1, levels));
      kept.keep(image, patches);
      separate.add(new One(image.relativePath(), patches));
    }
    return separate;
  }

  private PatchMaps together(List<One> images) {
    List<float[]> levels = new ArrayList<>();
    for (int level = 0; level < layout.levels().size(); level++) {
      int values = layout.levels().get(level).values();
      float[] all = new float[images.size() * values];
      for (int i = 0; i < images.size(); i++) {
        System.arraycopy(images.get(i).patches().maps().level(level), 0, all, i * values, values);
      }
      levels.add(all);
    }
    return new PatchMaps(layout, images.size(), levels);
  }
}
