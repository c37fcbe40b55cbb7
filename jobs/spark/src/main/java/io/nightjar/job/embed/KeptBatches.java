package io.nightjar.job.embed;

import io.nightjar.backbone.graph.PatchLayout;
import io.nightjar.backbone.patch.PatchMaps;
import io.nightjar.dataset.ImageRef;
import io.nightjar.job.run.FileOutcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
final class KeptBatches implements Iterator<EmbeddedBatch<PatchMaps>> {
  private final Iterator<Chunk> chunks;
  private final ChunkEmbedding embedding;
  private final KeptPatches kept;
  private final PatchLayout layout;
  private final Set<ImageRef> known = new HashSet<>();
  private final Iterator<EmbeddedBatch<PatchMaps>> embedded;
  private final ArrayDeque<KeptPatches.Kept> waiting = new ArrayDeque<>();
  private Iterator<ImageRef> images = Collections.emptyIterator();
  private int chunk;
  private int batch;
  private List<KeptPatches.Kept> next = List.of();

  KeptBatches(Iterator<Chunk> own, ChunkEmbedding embedding) {
    this.embedding = embedding;
    this.kept = embedding.kept();
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
        others.isEmpty() ? Collections.emptyIterator() : embedding.computed(others.iterator());
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
  public EmbeddedBatch<PatchMaps> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("The chunks have no more batches");
    }
    EmbeddedBatch<PatchMaps> together =
        new EmbeddedBatch<>(
            chunk, batch++, next.stream().map(KeptPatches.Kept::image).toList(), together(next));
    next = List.of();
    return together;
  }

  private List<KeptPatches.Kept> load() {
    List<KeptPatches.Kept> loaded = new ArrayList<>();
    while (images.hasNext() && loaded.size() < embedding.batchImages()) {
      if (TaskContext.get().isInterrupted()) {
        throw new TaskKilledException("the job was cancelled");
      }
      ImageRef image = images.next();
      (known.contains(image) ? stored(image) : computed(image)).ifPresent(loaded::add);
    }
    return loaded;
  }

  private Optional<KeptPatches.Kept> stored(ImageRef image) {
    Optional<KeptPatches.Kept> found = kept.find(image, layout);
    if (found.isEmpty()) {
      return alone(image);
    }
    // It was read, if only for its hash.
    embedding
        .outcomes()
        .add(new FileOutcome(image.relativePath(), found.get().image().sha256(), ""));
    embedding.handled().add(1);
    return found;
  }

  /** Of an image whose patches were there and cannot be used. */
  private Optional<KeptPatches.Kept> alone(ImageRef image) {
    Iterator<EmbeddedBatch<PatchMaps>> one =
        embedding.computed(List.of(new Chunk(0, new ArrayList<>(List.of(image)))).iterator());
    return one.hasNext() ? separate(one.next()).stream().findFirst() : Optional.empty();
  }

  /** The next of those that are embedded; empty where the image's file is unreadable. */
  private Optional<KeptPatches.Kept> computed(ImageRef image) {
    if (waiting.isEmpty() && embedded.hasNext()) {
      waiting.addAll(separate(embedded.next()));
    }
    return !waiting.isEmpty() && waiting.peek().image().ref().equals(image)
        ? Optional.of(waiting.remove())
        : Optional.empty();
  }

  /** The images of a batch, each of which is kept. */
  private List<KeptPatches.Kept> separate(EmbeddedBatch<PatchMaps> together) {
    List<KeptPatches.Kept> separate = new ArrayList<>();
    for (int i = 0; i < together.images().size(); i++) {
      float[] all = new float[Math.toIntExact(layout.values())];
      int at = 0;
      for (int level = 0; level < layout.levels().size(); level++) {
        int values = layout.levels().get(level).values();
        System.arraycopy(together.patches().level(level), i * values, all, at, values);
        at += values;
      }
      KeptPatches.Kept patches = new KeptPatches.Kept(together.images().get(i), all);
      kept.keep(patches);
      separate.add(patches);
    }
    return separate;
  }

  private PatchMaps together(List<KeptPatches.Kept> images) {
    List<float[]> levels = new ArrayList<>();
    int at = 0;
    for (PatchLayout.Level level : layout.levels()) {
      float[] all = new float[images.size() * level.values()];
      for (int i = 0; i < images.size(); i++) {
        System.arraycopy(images.get(i).values(), at, all, i * level.values(), level.values());
      }
      levels.add(all);
      at += level.values();
    }
    return new PatchMaps(layout, images.size(), levels);
  }
}
