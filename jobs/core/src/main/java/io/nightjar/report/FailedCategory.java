package io.nightjar.report;

import java.util.List;

/**
 * A category without a result.
 *
 * @param category its name
 * @param reason why it failed, in a sentence
 * @param quarantined its files that were left out
 */
public record FailedCategory(String category, String reason, List<QuarantinedFile> quarantined) {
  /**
   * Takes an unchangeable copy.
   *
   * @param category its name
   * @param reason why it failed, in a sentence
   * @param quarantined its files that were left out
   */
  public FailedCategory {
    quarantined = List.copyOf(quarantined);
  }
}
