package io.nightjar.job;

import io.nightjar.bank.store.ImageRows;
import io.nightjar.bank.store.RowFiles;
import io.nightjar.bank.store.WrittenRows;
import io.nightjar.pca.PrincipalComponents;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Projects patches and writes them, a file for each chunk or, where that is too large, several. How
 * images share files depends on nothing but the chunks; what leaves the task is the files' names
 * and hashes.
 */
record BankRowsPass(
    Broadcast<PrincipalComponents> components,
    String bank,
    Broadcast<SerializableConfiguration> configuration,
    WantedImages wanted)
    implements FlatMapFunction<Iterator<PatchBlock>, BankRowsPass.Part> {
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
  public Iterator<Part> call(Iterator<PatchBlock> blocks) {
    Writer writer = new Writer();
    while (blocks.hasNext()) {
      writer.add(blocks.next());
    }
    return writer.finish().iterator();
  }

  /** The files of one task, one after another. */
  private final class Writer {
    private final PrincipalComponents reduction = components.value();
    private final List<Part> written = new ArrayList<>();
    private final List<ImageRows> pending = new ArrayList<>();
    private int chunk = -1;
    private int index;

    void add(PatchBlock block) {
      if (block.chunk() != chunk) {
        flush();
        chunk = block.chunk();
        index = 0;
      }
      int patches = block.maps().layout().patches();
      int limit = RowFiles.imagesPerFile(patches, reduction.count());
      float[] values = reduction.project(block.maps());
      int size = patches * reduction.count();
      for (int i = 0; i < block.images().size(); i++) {
        PatchBlock.Source image = block.images().get(i);
        if (!wanted.holds(image.path())) {
          continue;
        }
        pending.add(
            ImageRows.whole(
                image.path(),
                image.sha256(),
                patches,
                Arrays.copyOfRange(values, i * size, (i + 1) * size)));
        if (pending.size() == limit) {
          flush();
        }
      }
    }

    List<Part> finish() {
      flush();
      return written;
    }

    private void flush() {
      if (!pending.isEmpty()) {
        WrittenRows rows =
            RowFiles.write(bank, chunk, pending, reduction.count(), configuration.value().value());
        written.add(new Part(chunk, index++, rows));
        pending.clear();
      }
    }
  }
}
