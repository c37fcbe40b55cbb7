package io.nightjar.job.embed;

import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.dataset.image.UnreadableFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * The readable images of a task's chunks in batches, in order, each batch embedded when it is asked
 * for. A batch is filled from one chunk alone, so that batches never depend on the partitioning.
 */
final class EmbeddedBatches<P> implements Iterator<EmbeddedBatch<P>> {
  private final Iterator<Chunk> chunks;
  private final ImageLoading loading;
  private final Function<List<RgbImage>, P> embed;
  private final int batchImages;
  private final Listener listener;
  private Iterator<ImageRef> images = Collections.emptyIterator();
  private int chunk;
  private int batch;
  private List<LoadedImage> loaded = List.of();

  /** Receives, on the task's thread, what becomes of each image. */
  interface Listener {
    /** The file was read and decoded. */
    void loaded(LoadedImage image);

    /** The file cannot be used. */
    void unreadable(ImageRef ref, UnreadableFileException reason);

    /** Before so many images go through the backbone. */
    void embedding(int images);

    /** So many images went through the backbone. */
    void embedded(int images);
  }

  /**
   * @param loading all images of the chunks, in the same order
   */
  EmbeddedBatches(
      List<Chunk> chunks,
      ImageLoading loading,
      Function<List<RgbImage>, P> embed,
      int batchImages,
      Listener listener) {
    this.chunks = chunks.iterator();
    this.loading = loading;
    this.embed = embed;
    this.batchImages = batchImages;
    this.listener = listener;
  }

  @Override
  public boolean hasNext() {
    while (loaded.isEmpty() && (images.hasNext() || chunks.hasNext())) {
      if (!images.hasNext()) {
        Chunk next = chunks.next();
        chunk = next.index();
        batch = 0;
        images = next.images().iterator();
      }
      loaded = load();
    }
    return !loaded.isEmpty();
  }

  @Override
  public EmbeddedBatch<P> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("The chunks have no more batches");
    }
    listener.embedding(loaded.size());
    P patches = embed.apply(loaded.stream().flatMap(image -> image.inputs().stream()).toList());
    EmbeddedBatch<P> embedded =
        new EmbeddedBatch<>(
            chunk, batch++, loaded.stream().map(LoadedImage::source).toList(), patches);
    listener.embedded(loaded.size());
    loaded = List.of();
    return embedded;
  }

  private List<LoadedImage> load() {
    List<LoadedImage> next = new ArrayList<>();
    while (images.hasNext() && next.size() < batchImages) {
      ImageRef ref = images.next();
      try {
        LoadedImage image = loading.next();
        listener.loaded(image);
        next.add(image);
      } catch (UnreadableFileException e) {
        listener.unreadable(ref, e);
      }
    }
    return next;
  }
}
