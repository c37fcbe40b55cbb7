package io.nightjar.job.bank;

import io.nightjar.job.run.Quarantine;
import io.nightjar.report.FailedCategory;
import java.util.List;

/** Where the one bank comes from that all categories are compared with. */
public interface SharedSource extends BankSource {

  /** For the files of all categories that turn out to be unreadable when the bank is built. */
  default Quarantine ofAll() {
    return new Quarantine(UnifiedImages.NAME, 0, 1);
  }

  /** Those that cannot be evaluated, and why. */
  default List<FailedCategory> failures() {
    return List.of();
  }
}
