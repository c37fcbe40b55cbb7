package io.nightjar.job;

import io.nightjar.backbone.DeviceRequest;
import io.nightjar.backbone.Embedder;
import io.nightjar.backbone.Embedders;
import io.nightjar.backbone.LinearReduction;
import io.nightjar.backbone.TrunkModel;
import io.nightjar.dataset.DefectiveFileException;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.RgbImage;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The first half of every pass: reads, decodes, resizes and embeds the images of a chunk, batch by
 * batch. Runs inside tasks; a file that is defective is recorded and left out.
 *
 * @param threads compute threads of one task
 * @param batchImages images in one pass through the trunk
 * @param outcomes one entry for each file read; a task that runs twice enters it twice
 * @param handled images that have been handled, for the progress line
 */
record ChunkEmbedding(
    Broadcast<TrunkModel> trunk,
    Broadcast<SerializableConfiguration> configuration,
    DeviceRequest device,
    int threads,
    int batchImages,
    CollectionAccumulator<FileOutcome> outcomes,
    LongAccumulator handled)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The batches of a chunk in catalogue order, each computed when it is asked for. */
  Iterator<EmbeddedBatch> batches(Chunk chunk) {
    return batches(chunk, Embedders.forTask(trunk.value(), device, threads));
  }

  /** The same with reduced patches: all channels of a patch never leave the device. */
  Iterator<EmbeddedBatch> batches(Chunk chunk, LinearReduction reduction) {
    return batches(chunk, Embedders.forTask(trunk.value(), reduction, device, threads));
  }

  private Iterator<EmbeddedBatch> batches(Chunk chunk, Embedder embedder) {
    Iterator<ImageRef> images = chunk.images().iterator();
    return new Iterator<>() {
      private List<LoadedImage> loaded = load();
      private int batch;

      @Override
      public boolean hasNext() {
        return !loaded.isEmpty();
      }

      @Override
      public EmbeddedBatch next() {
        if (loaded.isEmpty()) {
          throw new NoSuchElementException("The chunk has no more batches");
        }
        TaskContext task = TaskContext.get();
        if (task.isInterrupted()) {
          // A cancelled job ends with the batch, not with the chunk.
          throw new TaskKilledException("the job was cancelled");
        }
        List<RgbImage> inputs = loaded.stream().map(LoadedImage::input).toList();
        EmbeddedBatch embedded =
            new EmbeddedBatch(chunk.index(), batch++, loaded, embedder.embed(inputs));
        handled.add(loaded.size());
        loaded = load();
        return embedded;
      }

      private List<LoadedImage> load() {
        List<LoadedImage> next = new ArrayList<>();
        while (images.hasNext() && next.size() < batchImages) {
          ImageRef ref = images.next();
          try {
            LoadedImage image =
                LoadedImage.read(
                    ref, trunk.value().spec().imageSize(), configuration.value().value());
            outcomes.add(new FileOutcome(ref.relativePath(), image.sha256(), ""));
            next.add(image);
          } catch (DefectiveFileException e) {
            outcomes.add(new FileOutcome(ref.relativePath(), "", e.reason()));
            handled.add(1);
          }
        }
        return next;
      }
    };
  }
}
