package io.nightjar.job.run;

import io.nightjar.report.QuarantinedFile;
import java.util.List;

/** A category that cannot be evaluated; the others go on. */
public final class CategoryFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<QuarantinedFile> quarantined;

  /** Creates the failure of a category, with the files that were left out until then. */
  public CategoryFailedException(String message, List<QuarantinedFile> quarantined) {
    super(message);
    this.quarantined = List.copyOf(quarantined);
  }

  List<QuarantinedFile> quarantined() {
    return quarantined;
  }
}
