package io.nightjar.backbone;

import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/** The GPUs that Spark assigned to the running task. */
public final class AssignedGpus {
  private static final String GPU_RESOURCE = "gpu";

  private AssignedGpus() {}

  /**
   * Their addresses.
   *
   * @return none outside a task, and where Spark assigned none
   */
  public static List<String> ofTask() {
    TaskContext task = TaskContext.get();
    ResourceInformation gpus = task == null ? null : task.resourcesJMap().get(GPU_RESOURCE);
    return gpus == null ? List.of() : List.of(gpus.addresses());
  }
}
