package io.nightjar.metric.decision;

import java.io.Serializable;
import java.util.Optional;

/**
 * What was decided on an image.
 *
 * @param pValue the conformal p-value of its score
 * @param anomalous whether that is at most the false alarm rate
 * @param selected whether the image is among those selected at the false discovery rate of the run;
 *     empty where none was stated
 */
public record ImageDecision(double pValue, boolean anomalous, Optional<Boolean> selected)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The verdict on an image within the false alarm rate. */
  public static final String NORMAL = "normal";

  /** The verdict on an image beyond it. */
  public static final String ANOMALOUS = "anomalous";

  /**
   * The same with what was decided over the run.
   *
   * @param isSelected at the false discovery rate
   * @return a new decision
   */
  public ImageDecision withSelected(boolean isSelected) {
    return new ImageDecision(pValue, anomalous, Optional.of(isSelected));
  }

  /**
   * The verdict in files.
   *
   * @return {@value #NORMAL} or {@value #ANOMALOUS}
   */
  public String verdict() {
    return anomalous ? ANOMALOUS : NORMAL;
  }
}
