package io.nightjar.report.html;

import io.nightjar.dataset.ledger.Inputs;
import io.nightjar.dataset.ledger.PassedOver;
import java.util.List;
import java.util.Optional;

/**
 * What became of the files that the run found.
 *
 * @param counts a sentence
 * @param passedOver what was passed over, an entry for each kind
 */
public record InputsSection(String counts, List<String> passedOver) {

  /** The section; empty where nothing was listed. */
  static Optional<InputsSection> of(Inputs inputs) {
    return inputs.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new InputsSection(
                inputs.counts(),
                inputs.total().passedOver().stream().map(PassedOver::describe).toList()));
  }
}
