package io.nightjar.backbone;

import io.nightjar.dataset.RgbImage;
import java.util.List;
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

  /** Runs that compare settings have a few models in turn; more would only fill the memory. */
  private static final int CAPACITY = 3;

  private static final LoadedTrunks TRUNKS = new LoadedTrunks(CAPACITY);

  private Embedders() {}

  /**
   * The embedder for the running task, or for the driver outside a task. Within a task, the model
   * stays loaded at least until the task completes; no memory of the task outlives it.
   *
   * @param device where a GPU is meant, the one that Spark assigned to the task
   * @param threads CPU threads that compute one batch, at least 1
   * @throws io.nightjar.error.InvalidInputException where a GPU was asked for and cannot be used
   */
  public static Embedder forTask(TrunkModel model, DeviceRequest device, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("An embedder needs at least 1 thread, not " + threads);
    }
    TaskContext task = TaskContext.get();
    DeviceChoice choice = DeviceChoice.forTask(device, Cuda::problem);
    if (task != null) {
      LOG.info(
          "Task {} of stage {} embeds on {} ({})",
          task.partitionId(),
          task.stageId(),
          choice.device(),
          choice.reason());
      LoadedTrunks.Lease lease = TRUNKS.acquire(model, choice, threads);
      task.addTaskCompletionListener((TaskCompletionListener) completed -> lease.close());
    }
    return new SharedEmbedder(model, choice, threads);
  }

  /**
   * Refuses a GPU that was asked for and cannot be used, before any work. It is known where the
   * work is done: in a task, or on the driver in local mode. On the driver of a cluster this says
   * nothing.
   *
   * @throws io.nightjar.error.InvalidInputException where a GPU was asked for and cannot be used
   */
  public static void refuseIfUnusable(DeviceRequest device) {
    if (device != DeviceRequest.CPU && (TaskContext.get() != null || DeviceChoice.isLocal())) {
      DeviceChoice.forTask(device, Cuda::problem);
    }
  }

  /**
   * What {@link Embedder#device} will say of the running task's embedder; loads nothing.
   *
   * @throws io.nightjar.error.InvalidInputException where a GPU was asked for and cannot be used
   */
  public static String device(DeviceRequest device) {
    return DeviceChoice.forTask(device, Cuda::problem).device();
  }

  /** Models loaded so far by this process. */
  public static long loads() {
    return TRUNKS.loads();
  }

  private record SharedEmbedder(TrunkModel model, DeviceChoice choice, int threads)
      implements Embedder {
    @Override
    public String device() {
      return choice.device();
    }

    @Override
    public float[] embed(List<RgbImage> images) {
      int size = model.spec().imageSize();
      if (images.isEmpty()) {
        throw new IllegalArgumentException("A batch needs at least one picture");
      }
      for (RgbImage image : images) {
        if (image.width() != size || image.height() != size) {
          throw new IllegalArgumentException(
              "The trunk takes pictures of %d x %d pixels, not %d x %d"
                  .formatted(size, size, image.width(), image.height()));
        }
      }
      try (LoadedTrunks.Lease lease = TRUNKS.acquire(model, choice, threads)) {
        return lease.trunk().embed(images);
      }
    }
  }
}
