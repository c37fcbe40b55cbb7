package io.nightjar.job.measure;

import io.nightjar.job.run.FileOutcome;
import java.util.List;

/** Anomaly maps were not what they had been when they were counted: count again without them. */
public final class ChangedMapsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<FileOutcome> images;

  ChangedMapsException(List<FileOutcome> images) {
    super("Anomaly maps changed while they were read");
    this.images = List.copyOf(images);
  }

  /** Their images, with what is wrong. */
  public List<FileOutcome> images() {
    return images;
  }
}
