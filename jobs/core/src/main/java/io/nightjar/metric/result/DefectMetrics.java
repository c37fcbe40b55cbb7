package io.nightjar.metric.result;

import java.io.Serializable;

/**
 * Metrics of one type of defect: its images together with all good ones.
 *
 * @param images the number of its images, without the good ones
 */
public record DefectMetrics(
    int images, Estimate pixelAuprc, Estimate pixelAuroc, Estimate aupro30, Estimate imageAuroc)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
