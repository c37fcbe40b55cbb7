package io.nightjar.job.output;

import io.nightjar.report.VisualizationRef;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** Draws pictures on the executors, into a run's folder. */
record VisualizationDrawing(SparkSession session, String out) {
  private static final int TASKS_PER_CORE = 4;

  List<VisualizationRef> draw(List<VisualizationTask> tasks) {
    if (tasks.isEmpty()) {
      return List.of();
    }
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    Broadcast<SerializableConfiguration> shared =
        spark.broadcast(new SerializableConfiguration(session.sessionState().newHadoopConf()));
    String folder = out;
    spark.setJobGroup("nightjar", "draw " + tasks.size() + " pictures", false);
    spark
        .parallelize(tasks, Math.min(tasks.size(), TASKS_PER_CORE * spark.defaultParallelism()))
        .foreach(task -> task.draw(folder, shared.value().value()));
    shared.destroy();
    return tasks.stream().map(VisualizationTask::reference).toList();
  }
}
