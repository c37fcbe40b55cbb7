package io.nightjar.job.embed;

import io.nightjar.dataset.ImageRef;
import io.nightjar.io.Sha256;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of consecutive images of the catalogue: the unit of work. Chunks are cut by the catalogue
 * alone, so that sums over them can be combined in one order, whatever the cluster looks like.
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

  /**
   * Cuts images into chunks whose sums can be kept: an image that is added, removed or renamed
   * changes the chunks near it, and not all that follow it.
   *
   * <p>The images are first divided where a file's name has the smallest hash of all within three
   * quarters of a chunk on both sides, and what lies between is then cut by number. So categories
   * of up to one and a half chunks are cut by number alone.
   *
   * @param size the most images in a chunk
   */
  public static List<Chunk> cutByNames(List<ImageRef> images, int size) {
    List<String> hashes = images.stream().map(Chunk::hash).toList();
    int reach = Math.max(1, size - size / 4);
    List<Chunk> chunks = new ArrayList<>();
    int from = 0;
    for (int at = 1; at <= images.size(); at++) {
      if (at == images.size() || at - from == size || isSmallest(hashes, at, reach)) {
        chunks.add(new Chunk(chunks.size(), new ArrayList<>(images.subList(from, at))));
        from = at;
      }
    }
    return chunks;
  }

  /** Of the file's name alone, so that moving a folder changes no chunk. */
  private static String hash(ImageRef image) {
    String path = image.relativePath();
    return Sha256.of(path.substring(path.lastIndexOf('/') + 1).getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isSmallest(List<String> hashes, int at, int reach) {
    if (at < reach || at + reach >= hashes.size()) {
      return false;
    }
    // Nearest first: nearly all images are ruled out by the first few.
    for (int distance = 1; distance <= reach; distance++) {
      if (hashes.get(at - distance).compareTo(hashes.get(at)) <= 0
          || hashes.get(at + distance).compareTo(hashes.get(at)) <= 0) {
        return false;
      }
    }
    return true;
  }
}
