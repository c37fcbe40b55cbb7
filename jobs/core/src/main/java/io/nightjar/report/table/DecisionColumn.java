package io.nightjar.report.table;

import io.nightjar.metric.decision.ImageDecision;
import io.nightjar.report.CategoryScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A last column of the scores of unlabelled images, where decisions on them were asked for. */
public enum DecisionColumn {
  /** The conformal p-value. */
  P_VALUE,
  /** Normal or anomalous, at the false alarm rate. */
  VERDICT,
  /** Whether the image is selected at the false discovery rate. */
  SELECTED;

  /**
   * The columns of a run.
   *
   * @param categories of the run
   * @return none where nothing was decided
   */
  public static List<DecisionColumn> of(List<CategoryScores> categories) {
    List<DecisionColumn> columns = new ArrayList<>();
    if (!categories.isEmpty() && categories.stream().allMatch(c -> c.decision().isPresent())) {
      columns.add(P_VALUE);
      columns.add(VERDICT);
      if (categories.stream().allMatch(c -> c.decision().get().selected().isPresent())) {
        columns.add(SELECTED);
      }
    }
    return columns;
  }

  /**
   * The column's name.
   *
   * @return such as {@code p_value}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The value of an image.
   *
   * @param image on which was decided
   * @return a double, a string or a boolean
   */
  public Object value(ImageDecision image) {
    return switch (this) {
      case P_VALUE -> image.pValue();
      case VERDICT -> image.verdict();
      case SELECTED -> image.selected().orElseThrow();
    };
  }
}
