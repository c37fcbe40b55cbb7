package io.nightjar.job.output;

import io.nightjar.job.run.RunContext;
import io.nightjar.report.VisualizationRef;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** Draws visualizations on the executors, into a run's folder. */
record VisualizationDrawing(RunContext run, String out) {

  List<VisualizationRef> draw(List<VisualizationTask> tasks) {
    if (tasks.isEmpty()) {
      return List.of();
    }
    Broadcast<SerializableConfiguration> shared = run.configuration();
    String folder = out;
    run.spark().sc().setJobDescription("draw " + tasks.size() + " visualizations");
    run.spark()
        .parallelize(tasks, run.partitionsOf(tasks.size()))
        .foreach(task -> task.draw(folder, shared.value().value()));
    return tasks.stream().map(VisualizationTask::reference).toList();
  }
}
