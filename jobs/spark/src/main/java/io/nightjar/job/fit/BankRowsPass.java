package io.nightjar.job.fit;

import io.nightjar.bank.coreset.Coreset;
import io.nightjar.bank.store.ImageRows;
import io.nightjar.bank.store.RowFiles;
import io.nightjar.bank.store.WrittenRows;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Writes reduced patches, a file for each chunk or, where that is too large, several. How images
 * share files depends on nothing but the chunks; what leaves the task is the files' names and
 * hashes.
 *
 * @param dimension values of a row
 * @param coreset the rows to write; its value is null for all
 * @param bank the bank's folder
 * @param filter images that are written; the rows of one do not depend on the others
 */
record BankRowsPass(
    int dimension,
    Broadcast<Coreset> coreset,
    String bank,
    Broadcast<SerializableConfiguration> configuration,
    RowFilter filter)
    implements FlatMapFunction<Iterator<BankBlock>, BankRowsPass.Part> {
  private static final long serialVersionUID = 1L;

  /**
   * A written file.
   *
   * @param chunk the chunk that its images belong to
   * @param index its position among the chunk's files, from 0
   */
  record Part(int chunk, int index, WrittenRows rows) implements Serializable, Comparable<Part> {
    private static final long serialVersionUID = 1L;

    /** Catalogue order. */
    @Override
    public int compareTo(Part other) {
      return Comparator.comparingInt(Part::chunk)
          .thenComparingInt(Part::index)
          .compare(this, other);
    }
  }

  @Override
  public Iterator<Part> call(Iterator<BankBlock> blocks) {
    Writer writer = new Writer();
    while (blocks.hasNext()) {
      writer.add(blocks.next());
    }
    return writer.finish().iterator();
  }

  /** The files of one task, one after another. */
  private final class Writer {
    private final List<Part> written = new ArrayList<>();
    private final List<ImageRows> pending = new ArrayList<>();
    // The tiles of the last image that were seen so far.
    private final List<ImageRows> tiles = new ArrayList<>();
    private int chunk = -1;
    private int index;
    private int patches;

    void add(BankBlock block) {
      if (block.chunk() != chunk) {
        flush();
        chunk = block.chunk();
        index = 0;
      }
      patches = block.values().length / dimension / block.images().size();
      int[] kept = kept(block);
      int tile = block.firstTile();
      int from = 0;
      for (int entry = 0; entry < block.images().size(); entry++) {
        PatchBlock.Source source = block.images().get(entry);
        if (entry > 0) {
          tile = source.equals(block.images().get(entry - 1)) ? tile + 1 : 0;
        }
        int to = from;
        while (to < kept.length && kept[to] < (entry + 1) * patches) {
          to++;
        }
        if (tile == 0) {
          complete();
        }
        if (filter.includes(source.path())) {
          int[] rows = Arrays.copyOfRange(kept, from, to);
          tiles.add(rows(block, source, rows, (tile - entry) * patches));
        }
        from = to;
      }
    }

    /** The rows of the block to write, ascending. */
    private int[] kept(BankBlock block) {
      return coreset.value() == null
          ? IntStream.range(0, block.images().size() * patches).toArray()
          : coreset.value().rowsOf(block.order());
    }

    /**
     * @param kept the rows of the block that are those of a tile
     * @param offset from a row's number in the block to the number of its patch in the image
     */
    private ImageRows rows(BankBlock block, PatchBlock.Source source, int[] kept, int offset) {
      int[] cells = new int[kept.length];
      float[] values = new float[kept.length * dimension];
      for (int i = 0; i < kept.length; i++) {
        cells[i] = kept[i] + offset;
        System.arraycopy(block.values(), kept[i] * dimension, values, i * dimension, dimension);
      }
      return new ImageRows(source.path(), source.sha256(), cells, values);
    }

    List<Part> finish() {
      flush();
      return written;
    }

    /** All tiles of an image were seen. */
    private void complete() {
      if (!tiles.isEmpty()) {
        pending.add(ImageRows.joined(tiles));
        int limit = RowFiles.imagesPerFile(tiles.size() * patches, dimension);
        tiles.clear();
        if (pending.size() >= limit) {
          write();
        }
      }
    }

    private void flush() {
      complete();
      if (!pending.isEmpty()) {
        write();
      }
    }

    private void write() {
      WrittenRows rows =
          RowFiles.write(bank, chunk, pending, dimension, configuration.value().value());
      written.add(new Part(chunk, index++, rows));
      pending.clear();
    }
  }
}
