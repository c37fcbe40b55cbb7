package io.nightjar.table;

import io.nightjar.backbone.AssignedGpus;
import io.nightjar.backbone.engine.Cuda;
import io.nightjar.backbone.engine.DeviceChoice;
import io.nightjar.backbone.engine.DeviceRequest;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/** What the running task may use, and what ends with it. */
final class TaskScope {
  private TaskScope() {}

  /** The GPU that Spark assigned to the task, or what the request allows. */
  static DeviceChoice device(DeviceRequest request) {
    return DeviceChoice.of(request, AssignedGpus.ofTask(), false, Cuda::problem);
  }

  /** What Spark handed to the task with its job: every setting of the session among them. */
  static Map<String, String> properties() {
    TaskContext task = TaskContext.get();
    Map<String, String> properties = new TreeMap<>();
    if (task != null) {
      Properties all = task.getLocalProperties();
      all.stringPropertyNames().forEach(name -> properties.put(name, all.getProperty(name)));
    }
    return properties;
  }

  /** CPU threads for one batch; one where functions run outside of Spark's own process. */
  static int threads() {
    TaskContext task = TaskContext.get();
    return task == null ? 1 : task.cpus();
  }

  /**
   * Keeps something open until the task completes, in whatever way it does.
   *
   * @param close returns what is shared; called once
   */
  static void keepOpen(Runnable close) {
    TaskContext task = TaskContext.get();
    if (task == null) {
      // What is idle is kept for the next batch all the same, if it is among the last ones used.
      close.run();
    } else {
      task.addTaskCompletionListener((TaskCompletionListener) completed -> close.run());
    }
  }
}
