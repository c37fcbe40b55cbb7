package io.nightjar.job.fit;

import io.nightjar.backbone.patch.PatchMaps;
import io.nightjar.job.embed.EmbeddedBatch;
import java.io.Serializable;
import java.util.ArrayList;

/**
 * The patch embeddings of one batch of images.
 *
 * @param chunk the chunk that the images belong to
 * @param batch the batch's position within the chunk, from 0
 * @param images of the batch, in order; of images that are cut into tiles, an entry for each tile
 * @param firstTile the number of the first tile in its image, from 0
 */
public record PatchBlock(
    int chunk, int batch, ArrayList<Source> images, int firstTile, PatchMaps maps)
    implements Serializable {
  private static final long serialVersionUID = 5L;

  /**
   * An image file.
   *
   * @param path relative to the data set's root
   * @param sha256 of its bytes, in hexadecimal
   */
  public record Source(String path, String sha256) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  static PatchBlock of(EmbeddedBatch<PatchMaps> batch) {
    ArrayList<Source> images = new ArrayList<>();
    batch
        .images()
        .forEach(image -> images.add(new Source(image.ref().relativePath(), image.sha256())));
    int firstTile = batch.images().get(0).tile();
    return new PatchBlock(batch.chunk(), batch.batch(), images, firstTile, batch.patches());
  }
}
