package io.nightjar.dataset.ledger;

import java.util.List;

/**
 * A ledger as the object {@code inputs} of a JSON file.
 *
 * @param found entries found
 * @param used entries that were read
 * @param quarantined entries that were left out with a reason of their own
 * @param passedOver the others, by kind
 */
public record LedgerFields(long found, long used, long quarantined, List<Kind> passedOver) {

  /**
   * Entries of one kind that were passed over.
   *
   * @param kind its name, as {@link PassedOver.Kind#id} gives it
   * @param count how many
   * @param examples the first ones, at most three
   */
  public record Kind(String kind, long count, List<String> examples) {}

  /**
   * The fields of a ledger.
   *
   * @param ledger that is to be written
   * @return its counts and kinds
   */
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
   * @return the ledger; a kind of an unknown name becomes {@link PassedOver.Kind#OTHER}
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
