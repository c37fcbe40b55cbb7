package io.nightjar.backbone;

import io.nightjar.backbone.engine.DeviceChoice;
import io.nightjar.backbone.engine.DeviceRequest;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/** The device for a Spark task: the GPU that Spark assigned to it, or what the request allows. */
public final class TaskDevice {
  /** Spark's name of the executor in the driver's own process, in local mode. */
  private static final String DRIVER = "driver";

  private TaskDevice() {}

  /**
   * The device for the running task, or for this process outside a task.
   *
   * @param cudaProblem why a CUDA device cannot be used, as a clause; empty where it can
   * @param request the requested device
   * @return the device and the reason for the choice
   * @throws io.nightjar.error.InvalidInputException where a GPU was requested and cannot be used
   */
  public static DeviceChoice of(DeviceRequest request, IntFunction<Optional<String>> cudaProblem) {
    return DeviceChoice.of(request, AssignedGpus.ofTask(), isLocal(), cudaProblem);
  }

  /** Whether tasks run in the driver's process; true where there is no Spark at all. */
  static boolean isLocal() {
    if (TaskContext.get() != null) {
      return SparkEnv.get().executorId().equals(DRIVER);
    }
    Option<SparkSession> session = SparkSession.getDefaultSession();
    return session.isEmpty() || session.get().sparkContext().isLocal();
  }
}
