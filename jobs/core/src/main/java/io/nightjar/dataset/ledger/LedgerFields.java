package io.nightjar.dataset.ledger;

import java.util.List;

/** A ledger as the object {@code inputs} of a JSON file. */
public record LedgerFields(long found, long used, long quarantined, List<Kind> passedOver) {

  /** Entries of one kind that were passed over. */
  public record Kind(String kind, long count, List<String> examples) {}

  /** The fields of a ledger. */
  public static LedgerFields of(Ledger ledger) {
    return new LedgerFields(
        ledger.found(),
        ledger.used(),
        ledger.quarantined(),
        ledger.passedOver().stream()
            .map(kind -> new Kind(kind.kind().id(), kind.count(), kind.examples()))
            .toList());
  }

  /**
   * The ledger of these fields.
   *
   * @throws IllegalArgumentException if its counts do not add up
   */
  public Ledger ledger() {
    return new Ledger(
        found,
        used,
        quarantined,
        passedOver.stream()
            .map(kind -> new PassedOver(PassedOver.Kind.of(kind.kind), kind.count, kind.examples))
            .toList());
  }
}
