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

  /**
   * Of more visualizations than these no page has room for: their maps alone would take about 10
   * MB.
   */
  private static final int MOST_LAYERED = 750;

  DrawnVisualizations draw(List<VisualizationTask> tasks) {
    if (tasks.isEmpty()) {
      return new DrawnVisualizations(List.of(), Map.of());
    }
    Broadcast<SerializableConfiguration> shared = run.configuration();
    String folder = out;
    run.spark().sc().setJobDescription("draw " + tasks.size() + " visualizations");
    List<Drawn> outcomes = outcomes(tasks, folder, shared);
    List<VisualizationRef> drawn = new ArrayList<>();
    Map<String, List<String>> faults = new TreeMap<>();
    for (int i = 0; i < outcomes.size(); i++) {
      VisualizationRef reference = outcomes.get(i).of(tasks.get(i));
      String fault = outcomes.get(i).fault();
      if (fault.isEmpty()) {
        drawn.add(reference);
      } else {
        LOG.warn("{}: {}", reference.category(), fault);
        faults.computeIfAbsent(reference.category(), absent -> new ArrayList<>()).add(fault);
      }
    }
    return new DrawnVisualizations(drawn, faults);
  }

  /** What became of each visualization, in the order of the tasks. */
  private List<Drawn> outcomes(
      List<VisualizationTask> tasks, String folder, Broadcast<SerializableConfiguration> shared) {
    boolean layered =
        tasks.size() <= MOST_LAYERED
            && tasks.stream().anyMatch(task -> task.kind() != VisualizationRef.Kind.HIGHEST);
    try {
      return run.spark()
          .parallelize(tasks, run.partitionsOf(tasks.size()))
          .map(task -> task.draw(folder, layered, shared.value().value()))
          .collect();
    } catch (Exception e) { // Spark throws checked exceptions unannounced
      if (run.isCancelled()) {
        throw e;
      }
      LOG.warn("The visualizations could not be drawn", e);
      return tasks.stream()
          .map(
              task ->
                  Drawn.not(
                      Text.format(
                          "%s: %s", task.undrawn(), e.getMessage().lines().findFirst().orElse(""))))
          .toList();
    }
  }
}
