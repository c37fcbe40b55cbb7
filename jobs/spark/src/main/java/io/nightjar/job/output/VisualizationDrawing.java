package io.nightjar.job.output;

import io.nightjar.job.run.RunContext;
import io.nightjar.report.VisualizationRef;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Draws visualizations on the executors, into a run's folder. */
record VisualizationDrawing(RunContext run, String out) {
  private static final Logger LOG = LoggerFactory.getLogger(VisualizationDrawing.class);

  DrawnVisualizations draw(List<VisualizationTask> tasks) {
    if (tasks.isEmpty()) {
      return new DrawnVisualizations(List.of(), Map.of());
    }
    Broadcast<SerializableConfiguration> shared = run.configuration();
    String folder = out;
    run.spark().sc().setJobDescription("draw " + tasks.size() + " visualizations");
    List<String> outcomes = outcomes(tasks, folder, shared);
    List<VisualizationRef> drawn = new ArrayList<>();
    Map<String, List<String>> faults = new TreeMap<>();
    for (int i = 0; i < outcomes.size(); i++) {
      VisualizationRef reference = tasks.get(i).reference();
      if (outcomes.get(i).isEmpty()) {
        drawn.add(reference);
      } else {
        LOG.warn("{}: {}", reference.category(), outcomes.get(i));
        faults
            .computeIfAbsent(reference.category(), absent -> new ArrayList<>())
            .add(outcomes.get(i));
      }
    }
    return new DrawnVisualizations(drawn, faults);
  }

  /** What is wrong with each visualization, in the order of the tasks; empty where nothing is. */
  private List<String> outcomes(
      List<VisualizationTask> tasks, String folder, Broadcast<SerializableConfiguration> shared) {
    try {
      return run.spark()
          .parallelize(tasks, run.partitionsOf(tasks.size()))
          .map(task -> task.draw(folder, shared.value().value()).orElse(""))
          .collect();
    } catch (Exception e) { // Spark throws checked exceptions unannounced
      if (run.isCancelled()) {
        throw e;
      }
      LOG.warn("The visualizations could not be drawn", e);
      return tasks.stream()
          .map(
              task ->
                  Text.format(
                      "%s: %s", task.undrawn(), e.getMessage().lines().findFirst().orElse("")))
          .toList();
    }
  }
}
