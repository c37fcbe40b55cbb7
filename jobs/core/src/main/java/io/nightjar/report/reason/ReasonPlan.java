package io.nightjar.report.reason;

/**
 * What is explained of each category.
 *
 * @param patches of each image; 0 where nothing is
 * @param shownImages of which cut-outs are drawn, those with the highest scores
 */
public record ReasonPlan(int patches, int shownImages) {
  /** Nothing is explained. */
  public static final ReasonPlan NONE = new ReasonPlan(0, 0);

  /** Whether nothing is explained. */
  public boolean isNone() {
    return patches == 0;
  }
}
