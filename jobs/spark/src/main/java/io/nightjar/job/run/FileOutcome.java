package io.nightjar.job.run;

import io.nightjar.dataset.SaturationAreas;
import java.io.Serializable;

/**
 * What became of one file that a task read.
 *
 * @param path relative to the data set's root
 * @param sha256 of the bytes read, in hexadecimal; empty where the file could not be read
 * @param reason why the file was quarantined; empty where it is readable
 */
public record FileOutcome(String path, String sha256, String reason) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** That the file with a category's saturation areas was read. */
  public static FileOutcome of(SaturationAreas areas) {
    return new FileOutcome(areas.source(), areas.sha256(), "");
  }

  boolean quarantined() {
    return !reason.isEmpty();
  }
}
