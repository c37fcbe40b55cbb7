package io.nightjar.report.json;

import io.nightjar.dataset.ledger.Inputs;
import io.nightjar.dataset.ledger.Ledger;
import io.nightjar.dataset.ledger.LedgerFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The object {@code inputs}: what became of every entry that was found. */
record InputsJson(
    String readAs,
    long found,
    long used,
    long quarantined,
    List<LedgerFields.Kind> passedOver,
    Map<String, LedgerFields> byCategory) {

  /** The object; null where nothing was listed, so that it is left out. */
  static InputsJson of(Inputs inputs) {
    if (inputs.isEmpty()) {
      return null;
    }
    LedgerFields total = LedgerFields.of(inputs.total());
    Map<String, LedgerFields> categories = new LinkedHashMap<>();
    inputs.categories().forEach((name, ledger) -> categories.put(name, LedgerFields.of(ledger)));
    return new InputsJson(
        inputs.readAs(),
        total.found(),
        total.used(),
        total.quarantined(),
        total.passedOver(),
        categories);
  }

  Inputs inputs() {
    Map<String, Ledger> categories = new LinkedHashMap<>();
    byCategory.forEach((name, fields) -> categories.put(name, fields.ledger()));
    return new Inputs(
        readAs, new LedgerFields(found, used, quarantined, passedOver).ledger(), categories);
  }
}
