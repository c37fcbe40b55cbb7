package io.nightjar.report.page;

import io.nightjar.report.VisualizationRef;
import java.util.List;
import java.util.Optional;

/**
 * What the page of a run shows next to its figures.
 *
 * @param visualizations those that were stored
 * @param parts the parts that were tested, by category; those of a category may be absent
 * @param baseline how the run compares with its baseline; empty where none was named
 * @param reasons the file of the page of reasons, next to this one; empty where there is none
 */
public record PageContext(
    List<VisualizationRef> visualizations,
    List<CategoryParts> parts,
    Optional<BaselineSummary> baseline,
    Optional<String> reasons) {
  /** Nothing but the figures. */
  public static final PageContext NONE = of(List.of());

  public PageContext {
    visualizations = List.copyOf(visualizations);
    parts = List.copyOf(parts);
  }

  /** Of a run without reasons. */
  public PageContext(
      List<VisualizationRef> visualizations,
      List<CategoryParts> parts,
      Optional<BaselineSummary> baseline) {
    this(visualizations, parts, baseline, Optional.empty());
  }

  /** Visualizations alone. */
  public static PageContext of(List<VisualizationRef> visualizations) {
    return new PageContext(visualizations, List.of(), Optional.empty());
  }

  /** The same with how the run compares with its baseline. */
  public PageContext with(BaselineSummary summary) {
    return new PageContext(visualizations, parts, Optional.of(summary), reasons);
  }
}
