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
    private int chunk = -1;
    private int index;

    void add(BankBlock block) {
      if (block.chunk() != chunk) {
        flush();
        chunk = block.chunk();
        index = 0;
      }
      int patches = block.values().length / dimension / block.images().size();
      int limit = RowFiles.imagesPerFile(patches, dimension);
      int[] kept = kept(block, patches);
      int from = 0;
      for (int image = 0; image < block.images().size(); image++) {
        int to = from;
        while (to < kept.length && kept[to] < (image + 1) * patches) {
          to++;
        }
        if (filter.includes(block.images().get(image).path())) {
          pending.add(rows(block, image, patches, Arrays.copyOfRange(kept, from, to)));
        }
        from = to;
        if (pending.size() == limit) {
          flush();
        }
      }
    }

    /** The rows of the block to write, ascending. */
    private int[] kept(BankBlock block, int patches) {
      return coreset.value() == null
          ? IntStream.range(0, block.images().size() * patches).toArray()
          : coreset.value().rowsOf(block.order());
    }

    private ImageRows rows(BankBlock block, int image, int patches, int[] kept) {
      int[] cells = new int[kept.length];
      float[] values = new float[kept.length * dimension];
      for (int i = 0; i < kept.length; i++) {
        cells[i] = kept[i] - image * patches;
        System.arraycopy(block.values(), kept[i] * dimension, values, i * dimension, dimension);
      }
      PatchBlock.Source source = block.images().get(image);
      return new ImageRows(source.path(), source.sha256(), cells, values);
    }

    List<Part> finish() {
      flush();
      return written;
    }

    private void flush() {
      if (!pending.isEmpty()) {
        WrittenRows rows =
            RowFiles.write(bank, chunk, pending, dimension, configuration.value().value());
        written.add(new Part(chunk, index++, rows));
        pending.clear();
      }
    }
  }
}
