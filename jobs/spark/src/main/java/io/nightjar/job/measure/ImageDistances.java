package io.nightjar.job.measure;

import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.job.embed.SourceImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Gathers the distances of tiles, which come in batches, until those of whole images are there.
 * Where images are not cut into tiles, a batch is handed on as it comes.
 */
public final class ImageDistances {
  private final int tiles;
  private final int patches;
  private final List<float[]> gathered = new ArrayList<>();

  /**
   * @param spec of the embedding
   */
  public ImageDistances(EmbeddingSpec spec) {
    this.tiles = spec.tiles().count();
    this.patches = spec.grid().cells();
  }

  /**
   * Takes a batch.
   *
   * @param batch images or tiles, those of an image one after the other
   * @param distances of all their patches
   * @param whole takes images and the distances of all patches of theirs
   */
  public void add(
      List<SourceImage> batch, float[] distances, BiConsumer<List<SourceImage>, float[]> whole) {
    if (tiles == 1) {
      whole.accept(batch, distances);
      return;
    }
    for (int i = 0; i < batch.size(); i++) {
      if (batch.get(i).tile() == 0) {
        gathered.clear();
      }
      float[] own = new float[patches];
      System.arraycopy(distances, i * patches, own, 0, patches);
      gathered.add(own);
      if (gathered.size() == tiles) {
        whole.accept(List.of(batch.get(i).withTile(0)), joined());
        gathered.clear();
      }
    }
  }

  private float[] joined() {
    float[] all = new float[Math.multiplyExact(tiles, patches)];
    for (int tile = 0; tile < tiles; tile++) {
      System.arraycopy(gathered.get(tile), 0, all, tile * patches, patches);
    }
    return all;
  }
}
