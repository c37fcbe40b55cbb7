package io.nightjar.backbone;

import io.nightjar.backbone.engine.BackboneEngine;
import io.nightjar.backbone.engine.Cuda;
import io.nightjar.backbone.engine.DeviceChoice;
import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.backbone.engine.Embedder;
import io.nightjar.backbone.engine.LoadedBackbone;
import io.nightjar.backbone.engine.LoadedBackbones;
import io.nightjar.backbone.engine.MapEmbedder;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.graph.PatchLayout;
import io.nightjar.backbone.patch.LinearReduction;
import io.nightjar.backbone.patch.PatchMaps;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedders of this process. A model is loaded once per process and device, however many tasks
 * use it, and stays loaded from task to task.
 */
public final class Embedders {
  private static final Logger LOG = LoggerFactory.getLogger(Embedders.class);

  private Embedders() {}

  /**
   * The embedder for the running task, or for the driver outside a task. Within a task, the model
   * stays loaded at least until the task completes, and memory that the task uses is freed then.
   *
   * @param device the requested device; for a GPU, the one that Spark assigned to the task
   * @param threads CPU threads that compute one batch, at least 1
   * @param model the backbone
   * @return the embedder
   * @throws io.nightjar.error.InvalidInputException where a GPU was requested and cannot be used
   */
  public static Embedder forTask(BackboneModel model, DeviceRequest device, int threads) {
    return forTask(model, Optional.empty(), device, threads);
  }

  /**
   * The same, but patches are reduced on the device that computes them: only reduced patches leave
   * a GPU's memory. One loaded model serves all reductions.
   *
   * @param model the backbone
   * @param reduction applied to each batch
   * @param device the requested device
   * @param threads CPU threads that compute one batch, at least 1
   * @return the embedder
   * @throws IllegalArgumentException where the reduction is for another number of channels
   * @throws io.nightjar.error.InvalidInputException where a GPU was requested and cannot be used
   */
  public static Embedder forTask(
      BackboneModel model, LinearReduction reduction, DeviceRequest device, int threads) {
    if (reduction.channels() != model.spec().channels()) {
      throw new IllegalArgumentException(
          Text.format(
              "The reduction takes %d channels, but patches have %d",
              reduction.channels(), model.spec().channels()));
    }
    return forTask(model, Optional.of(reduction), device, threads);
  }

  /**
   * The same for patches whose coarse stages are not yet interpolated to the grid: fewer values
   * leave the device, and most later steps are cheaper on them.
   *
   * @param model the backbone
   * @param device the requested device
   * @param threads CPU threads that compute one batch, at least 1
   * @return the embedder
   * @throws io.nightjar.error.InvalidInputException where a GPU was requested and cannot be used
   */
  public static MapEmbedder mapsForTask(BackboneModel model, DeviceRequest device, int threads) {
    return new SharedMapEmbedder(
        shared(model, LoadedBackbone.Output.MAPS, device, threads),
        model.layout(),
        model.spec().imageSizes().size());
  }

  private static Embedder forTask(
      BackboneModel model, Optional<LinearReduction> reduction, DeviceRequest device, int threads) {
    LoadedBackbone.Output output =
        reduction.isPresent() ? LoadedBackbone.Output.REDUCED : LoadedBackbone.Output.PATCHES;
    return new SharedEmbedder(shared(model, output, device, threads), reduction);
  }

  private static SharedBackbone shared(
      BackboneModel model, LoadedBackbone.Output output, DeviceRequest device, int threads) {
    TaskContext task = TaskContext.get();
    DeviceChoice choice = TaskDevice.of(device, Cuda::problem);
    SharedBackbone backbone = new SharedBackbone(model, output, choice, threads);
    if (task != null) {
      LOG.info(
          "Task {} of stage {} embeds on {} ({})",
          task.partitionId(),
          task.stageId(),
          choice.device(),
          choice.reason());
      LoadedBackbones.Lease lease = backbone.acquire();
      task.addTaskCompletionListener((TaskCompletionListener) completed -> lease.close());
    }
    return backbone;
  }

  /**
   * Refuses a GPU that was requested and cannot be used, before any work. Checked where the work is
   * done: in a task, or on the driver in local mode; does nothing on the driver of a cluster.
   *
   * @param device the requested device
   * @throws io.nightjar.error.InvalidInputException where a GPU was requested and cannot be used
   */
  public static void refuseIfUnusable(DeviceRequest device) {
    if (device != DeviceRequest.CPU && (TaskContext.get() != null || TaskDevice.isLocal())) {
      TaskDevice.of(device, Cuda::problem);
    }
  }

  /**
   * The {@link Embedder#device} of the running task's embedder; loads nothing.
   *
   * @param device the requested device
   * @return {@code cpu}, or {@code gpu} and its id
   * @throws io.nightjar.error.InvalidInputException where a GPU was requested and cannot be used
   */
  public static String device(DeviceRequest device) {
    return TaskDevice.of(device, Cuda::problem).device();
  }

  /**
   * The engine of the running task's embedder, such as {@code oneDNN 1.6.2}; loads no model.
   *
   * @param spec of the embeddings
   * @param device the requested device
   * @return the engine and its version
   * @throws io.nightjar.error.InvalidInputException where a GPU was requested and cannot be used,
   *     or a system property requests an engine that cannot be used
   */
  public static String engine(EmbeddingSpec spec, DeviceRequest device) {
    return BackboneEngine.of(spec, TaskDevice.of(device, Cuda::problem)).title();
  }

  /**
   * Whether an embedder of the running task that reduces patches gives the bits of {@link
   * LinearReduction#apply} on what {@link #mapsForTask} gives. An engine that reduces on its own
   * device rounds otherwise. Loads no model.
   *
   * @param spec of the embeddings
   * @param device the requested device
   * @return whether it does
   * @throws io.nightjar.error.InvalidInputException as {@link #engine} does
   */
  public static boolean reducesMaps(EmbeddingSpec spec, DeviceRequest device) {
    return BackboneEngine.of(spec, TaskDevice.of(device, Cuda::problem)) == BackboneEngine.ONEDNN;
  }

  /**
   * Models loaded so far by this process.
   *
   * @return their number
   */
  public static long loads() {
    return SharedBackbone.loads();
  }

  private record SharedEmbedder(SharedBackbone backbone, Optional<LinearReduction> reduction)
      implements Embedder {
    @Override
    public String device() {
      return backbone.choice().device();
    }

    @Override
    public float[] embed(List<RgbImage> images) {
      return backbone.embed(images, reduction).get(0);
    }
  }

  private record SharedMapEmbedder(SharedBackbone backbone, PatchLayout layout, int sizes)
      implements MapEmbedder {
    @Override
    public String device() {
      return backbone.choice().device();
    }

    @Override
    public PatchMaps embed(List<RgbImage> images) {
      int count = images.size() / sizes;
      return new PatchMaps(layout, count, backbone.embed(images, Optional.empty()));
    }
  }
}
