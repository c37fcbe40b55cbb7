package io.nightjar.job.fit;

import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Inspection;
import io.nightjar.dataset.MaskSummary;
import io.nightjar.job.run.FileOutcome;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;

/**
 * What an inspection found of an image.
 *
 * @param outcome what became of the file
 * @param mask what its mask holds
 * @param largestSample of an image of more than 8 bits a sample; else 0
 * @param labelImage whether a normal image has as few colours as a mask or label image
 * @param height of the image in pixels; 0 where it is left out
 * @param width of the image in pixels; 0 where it is left out
 */
public record Inspected(
    FileOutcome outcome,
    MaskSummary mask,
    int largestSample,
    boolean labelImage,
    int height,
    int width)
    implements Serializable {
  private static final long serialVersionUID = 2L;

  /** Whether the image need not be left out. */
  public boolean isUsable() {
    return outcome.reason().isEmpty();
  }

  static Inspected of(ImageRef image, boolean masks, boolean samples, Configuration hadoop) {
    Inspection.Found found = Inspection.of(image, masks, samples, hadoop);
    return new Inspected(
        new FileOutcome(image.relativePath(), "", found.reason().orElse("")),
        found.mask(),
        found.largestSample(),
        found.labelImage(),
        found.size().height(),
        found.size().width());
  }
}
