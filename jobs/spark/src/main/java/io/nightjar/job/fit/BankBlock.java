package io.nightjar.job.fit;

import io.nightjar.linalg.ArrayStreams;
import io.nightjar.pca.components.PatchReduction;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The reduced patches of one batch of images. No record, because a record cannot say how its array
 * is written to disk.
 */
final class BankBlock implements Serializable, Comparable<BankBlock> {
  private static final long serialVersionUID = 2L;

  private final int chunk;
  private final int batch;
  private final ArrayList<PatchBlock.Source> images;
  private final int firstTile;
  private transient float[] values;

  /**
   * @param chunk the chunk that the images belong to
   * @param batch the batch's position within the chunk, from 0
   * @param images of the batch, in order; of images that are cut into tiles, an entry for each tile
   * @param firstTile the number of the first tile in its image, from 0
   * @param values {@code patches x components}, row by row; kept, not copied
   */
  BankBlock(int chunk, int batch, List<PatchBlock.Source> images, int firstTile, float[] values) {
    this.chunk = chunk;
    this.batch = batch;
    this.images = new ArrayList<>(images);
    this.firstTile = firstTile;
    this.values = values;
  }

  /** The patches of a batch, reduced. */
  static BankBlock of(PatchBlock block, PatchReduction reduction) {
    return new BankBlock(
        block.chunk(),
        block.batch(),
        block.images(),
        block.firstTile(),
        reduction.project(block.maps(), block.firstTile()));
  }

  int chunk() {
    return chunk;
  }

  int batch() {
    return batch;
  }

  /** The images, or tiles of images, that the patches come from, each of as many. */
  List<PatchBlock.Source> images() {
    return images;
  }

  /** The number of the first tile in its image, from 0. */
  int firstTile() {
    return firstTile;
  }

  /** Grows in catalogue order. */
  long order() {
    return (long) chunk << 32 | batch;
  }

  /** The block with other values, such as some of its rows. */
  BankBlock with(float[] others) {
    return new BankBlock(chunk, batch, images, firstTile, others);
  }

  float[] values() {
    return values;
  }

  /** The rows of each image, or tile of one; there are as many of each. */
  List<ReducedRows.Image> byImage() {
    int length = values.length / images.size();
    int tile = firstTile;
    List<ReducedRows.Image> all = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      if (i > 0) {
        tile = images.get(i).equals(images.get(i - 1)) ? tile + 1 : 0;
      }
      float[] rows = Arrays.copyOfRange(values, i * length, (i + 1) * length);
      all.add(new ReducedRows.Image(images.get(i).path(), tile, rows));
    }
    return all;
  }

  /** Catalogue order. */
  @Override
  public int compareTo(BankBlock other) {
    int byChunk = Integer.compare(chunk, other.chunk);
    return byChunk != 0 ? byChunk : Integer.compare(batch, other.batch);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BankBlock block && compareTo(block) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * chunk + batch;
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
    ArrayStreams.write(values, out);
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    values = ArrayStreams.readFloats(in);
  }
}
