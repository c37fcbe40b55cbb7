package io.nightjar.job.output;

import io.nightjar.report.VisualizationRef;
import io.nightjar.report.visualization.Layers;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * What became of a visualization.
 *
 * @param fault why it was not drawn, in a sentence; empty where it was
 * @param layers what of it may be within a page; one at most
 */
record Drawn(String fault, List<Layers> layers) implements Serializable {
  private static final long serialVersionUID = 1L;

  static Drawn not(String fault) {
    return new Drawn(fault, List.of());
  }

  static Drawn with(Optional<Layers> layers) {
    return new Drawn("", layers.stream().toList());
  }

  /** The reference to a visualization that was drawn. */
  VisualizationRef of(VisualizationTask task) {
    return task.reference().with(layers.stream().findFirst());
  }
}
