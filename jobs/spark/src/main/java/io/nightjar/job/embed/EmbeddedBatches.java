package io.nightjar.job.embed;

import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.dataset.image.UnreadableFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * The readable images of a task's chunks in batches, in order, each batch embedded when it is asked
 * for. A batch is filled from one chunk alone, so that batches never depend on the partitioning. Of
 * images that are cut into tiles, a batch is of so many tiles.
 */
final class EmbeddedBatches<P> implements Iterator<EmbeddedBatch<P>> {
  private final Iterator<Chunk> chunks;
  private final ImageLoading loading;
  private final Function<List<RgbImage>, P> embed;
  private final int batchImages;
  private final int sizes;
  private final Listener listener;
  private Iterator<ImageRef> images = Collections.emptyIterator();
  private int chunk;
  private int batch;
  private final Deque<Input> waiting = new ArrayDeque<>();
  private List<Input> loaded = List.of();

  /**
   * What goes through the backbone as one image.
   *
   * @param images at every size
   * @param isLast whether it is the last tile of its image
   */
  private record Input(SourceImage source, List<RgbImage> images, boolean isLast) {}

  /** Receives, on the task's thread, what becomes of each image. */
  interface Listener {
    /** The file was read and decoded. */
    void loaded(LoadedImage image);

    /** The file cannot be used. */
    void unreadable(ImageRef ref, UnreadableFileException reason);

    /** Before so many images or tiles go through the backbone. */
    void embedding(int images);

    /** So many images went through the backbone as wholes. */
    void embedded(int images);
  }

  /**
   * @param loading all images of the chunks, in the same order
   * @param sizes at which the backbone takes each image
   */
  EmbeddedBatches(
      List<Chunk> chunks,
      ImageLoading loading,
      Function<List<RgbImage>, P> embed,
      int batchImages,
      int sizes,
      Listener listener) {
    this.chunks = chunks.iterator();
    this.loading = loading;
    this.embed = embed;
    this.batchImages = batchImages;
    this.sizes = sizes;
    this.listener = listener;
  }

  @Override
  public boolean hasNext() {
    while (loaded.isEmpty() && (!waiting.isEmpty() || images.hasNext() || chunks.hasNext())) {
      if (waiting.isEmpty() && !images.hasNext()) {
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
    P patches = embed.apply(loaded.stream().flatMap(input -> input.images().stream()).toList());
    EmbeddedBatch<P> embedded =
        new EmbeddedBatch<>(chunk, batch++, loaded.stream().map(Input::source).toList(), patches);
    listener.embedded((int) loaded.stream().filter(Input::isLast).count());
    loaded = List.of();
    return embedded;
  }

  private List<Input> load() {
    List<Input> next = new ArrayList<>();
    while (next.size() < batchImages && (!waiting.isEmpty() || images.hasNext())) {
      if (waiting.isEmpty()) {
        read(images.next());
      } else {
        next.add(waiting.remove());
      }
    }
    return next;
  }

  private void read(ImageRef ref) {
    try {
      LoadedImage image = loading.next();
      listener.loaded(image);
      int tiles = image.inputs().size() / sizes;
      for (int tile = 0; tile < tiles; tile++) {
        waiting.add(
            new Input(
                image.source().withTile(tile),
                image.inputs().subList(tile * sizes, (tile + 1) * sizes),
                tile == tiles - 1));
      }
    } catch (UnreadableFileException e) {
      listener.unreadable(ref, e);
    }
  }
}
