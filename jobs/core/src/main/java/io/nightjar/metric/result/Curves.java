package io.nightjar.metric.result;

import java.io.Serializable;
import java.util.List;

/**
 * The precision-recall, ROC and per-region overlap curves, from the highest threshold down.
 *
 * @param points at most 500, spread evenly over recall + FPR; empty where there are no positive or
 *     no negative pixels
 */
@SuppressWarnings("serial") // List.copyOf gives a serializable list
public record Curves(List<CurvePoint> points) implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Keeps a copy of the points.
   *
   * @param points at most 500, spread evenly over recall + FPR; empty where there are no positive
   *     or no negative pixels
   */
  public Curves {
    points = List.copyOf(points);
  }
}
