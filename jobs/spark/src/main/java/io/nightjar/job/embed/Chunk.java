package io.nightjar.job.embed;

import io.nightjar.dataset.ImageRef;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of consecutive images of the catalogue: the unit of work. Chunks are cut by number alone,
 * so that sums over them can be combined in one order, whatever the cluster looks like.
 *
 * @param index position among the chunks of one pass, from 0
 */
public record Chunk(int index, ArrayList<ImageRef> images) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Cuts images into chunks of a size, in their order; the last one may be smaller. */
  public static List<Chunk> cut(List<ImageRef> images, int size) {
    List<Chunk> chunks = new ArrayList<>();
    for (int from = 0; from < images.size(); from += size) {
      int to = Math.min(images.size(), from + size);
      chunks.add(new Chunk(chunks.size(), new ArrayList<>(images.subList(from, to))));
    }
    return chunks;
  }
}
