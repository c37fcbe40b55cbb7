package io.nightjar.job.embed;

import io.nightjar.backbone.Embedders;
import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.backbone.engine.Embedder;
import io.nightjar.backbone.engine.MapEmbedder;
import io.nightjar.backbone.patch.LinearReduction;
import io.nightjar.backbone.patch.PatchMaps;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.job.memory.TaskWatch;
import io.nightjar.job.run.FileOutcome;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * The first half of every pass: reads, decodes, resizes and embeds the images of a task's chunks,
 * batch by batch, or takes the embeddings that are kept. Runs inside tasks; a file that is
 * unreadable is recorded and left out.
 *
 * @param threads compute threads of one task
 * @param batchImages images, or tiles, in one pass through the backbone
 * @param white the sample that is white in images of more than 8 bits
 * @param outcomes one entry for each file read; a task that runs twice enters it twice
 * @param handled images that have been handled, for the progress line
 * @param watch follows the tasks
 * @param kept embeddings from run to run
 */
public record ChunkEmbedding(
    ShapedBackbone backbone,
    Broadcast<SerializableConfiguration> configuration,
    DeviceRequest device,
    int threads,
    int batchImages,
    WhiteLevel white,
    CollectionAccumulator<FileOutcome> outcomes,
    LongAccumulator handled,
    TaskWatch watch,
    KeptPatches kept)
    implements Serializable {
  private static final long serialVersionUID = 3L;

  /** What {@link Embedder#device} calls the CPU. */
  static final String CPU = "cpu";

  /** The same with embeddings that are kept from run to run. */
  public ChunkEmbedding keeping(KeptPatches patches) {
    return new ChunkEmbedding(
        backbone,
        configuration,
        device,
        threads,
        batchImages,
        white,
        outcomes,
        handled,
        watch,
        patches);
  }

  /**
   * The batches of a task's chunks, each computed when it is asked for. Images are loaded ahead
   * until the task completes, in whatever way it does.
   */
  public Iterator<EmbeddedBatch<PatchMaps>> batches(Iterator<Chunk> chunks) {
    return kept.isNone() ? computed(chunks) : new KeptBatches(chunks, this);
  }

  /** The same, whatever is kept. */
  Iterator<EmbeddedBatch<PatchMaps>> computed(Iterator<Chunk> chunks) {
    MapEmbedder embedder = Embedders.mapsForTask(backbone.value(), device, threads);
    return batches(chunks, embedder.device(), embedder::embed);
  }

  /**
   * The same with patches reduced to {@code [images * patches][components]}: all channels of a
   * patch never leave the device. What is kept is taken where it gives the same bits.
   */
  public Iterator<EmbeddedBatch<float[]>> batches(
      Iterator<Chunk> chunks, LinearReduction reduction) {
    if (!kept.isNone() && Embedders.reducesMaps(backbone.spec(), device)) {
      return mapped(batches(chunks), batch -> reduction.apply(batch.patches()));
    }
    if (backbone.spec().tiles().isWhole()) {
      Embedder embedder = Embedders.forTask(backbone.value(), reduction, device, threads);
      return batches(chunks, embedder.device(), embedder::embed);
    }
    // Which tiles a batch holds is not known where it is embedded.
    Embedder embedder = Embedders.forTask(backbone.value(), reduction.unplaced(), device, threads);
    return mapped(
        batches(chunks, embedder.device(), embedder::embed),
        batch -> reduction.placed(batch.patches(), batch.images().get(0).tile()));
  }

  private static <P> Iterator<EmbeddedBatch<float[]>> mapped(
      Iterator<EmbeddedBatch<P>> batches, Function<EmbeddedBatch<P>, float[]> patches) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return batches.hasNext();
      }

      @Override
      public EmbeddedBatch<float[]> next() {
        EmbeddedBatch<P> batch = batches.next();
        return new EmbeddedBatch<>(
            batch.chunk(), batch.batch(), batch.images(), patches.apply(batch));
      }
    };
  }

  private <P> Iterator<EmbeddedBatch<P>> batches(
      Iterator<Chunk> chunks, String embedsOn, Function<List<RgbImage>, P> embed) {
    List<Chunk> own = new ArrayList<>();
    chunks.forEachRemaining(own::add);
    TaskContext task = TaskContext.get();
    watch.begin();
    ImageLoading loading = loading(own, embedsOn, task);
    task.addTaskCompletionListener((TaskCompletionListener) completed -> loading.close());
    int sizes = backbone.spec().imageSizes().size();
    return new EmbeddedBatches<>(own, loading, embed, batchImages, sizes, new Records(task));
  }

  private ImageLoading loading(List<Chunk> chunks, String embedsOn, TaskContext task) {
    EmbeddingSpec spec = backbone.spec();
    Configuration hadoop = configuration.value().value();
    int ahead = backbone.imagesOf(batchImages);
    return embedsOn.equals(CPU)
        ? ImageLoading.readAhead(chunks, spec, white, ahead, hadoop, task::isInterrupted)
        : ImageLoading.decodeAhead(
            chunks, spec, white, ahead, threads, hadoop, task::isInterrupted);
  }

  /** Enters what happens in the accumulators. */
  private final class Records implements EmbeddedBatches.Listener {
    private final TaskContext task;

    Records(TaskContext task) {
      this.task = task;
    }

    @Override
    public void loaded(LoadedImage image) {
      outcomes.add(new FileOutcome(image.ref().relativePath(), image.sha256(), ""));
    }

    @Override
    public void unreadable(ImageRef ref, UnreadableFileException reason) {
      outcomes.add(new FileOutcome(ref.relativePath(), "", reason.reason()));
      handled.add(1);
    }

    @Override
    public void embedding(int images) {
      if (task.isInterrupted()) {
        // A cancelled job ends with the batch, not with the chunk.
        throw new TaskKilledException("the job was cancelled");
      }
    }

    @Override
    public void embedded(int images) {
      handled.add(images);
    }
  }
}
