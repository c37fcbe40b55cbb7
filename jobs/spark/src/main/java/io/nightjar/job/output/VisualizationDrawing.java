package io.nightjar.job.output;

import io.nightjar.job.run.RunContext;
import io.nightjar.report.VisualizationRef;
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
    // In the order of the tasks.
    List<String> outcomes =
        run.spark()
            .parallelize(tasks, run.partitionsOf(tasks.size()))
            .map(task -> task.draw(folder, shared.value().value()).orElse(""))
            .collect();
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
}
