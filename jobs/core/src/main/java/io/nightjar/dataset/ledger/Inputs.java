package io.nightjar.dataset.ledger;

import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ledger of a run's inputs.
 *
 * @param readAs what the location was read as, such as {@code MVTec AD's layout}; empty where
 *     nothing was listed
 * @param total what became of all entries
 * @param categories what became of those of each category, by name
 */
public record Inputs(String readAs, Ledger total, Map<String, Ledger> categories)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Of a run that listed nothing. */
  public static final Inputs NONE = new Inputs("", Ledger.EMPTY, Map.of());

  /**
   * Keeps the order of the categories.
   *
   * @param readAs what the location was read as, such as {@code MVTec AD's layout}; empty where
   *     nothing was listed
   * @param total what became of all entries
   * @param categories what became of those of each category, by name
   */
  public Inputs {
    categories = Collections.unmodifiableMap(new LinkedHashMap<>(categories));
  }

  /**
   * Whether nothing was listed.
   *
   * @return whether no entry was found
   */
  public boolean isEmpty() {
    return total.found() == 0;
  }

  /**
   * All in one line for a person.
   *
   * @return a sentence with a full stop
   */
  public String describe() {
    return Text.format(
        "Inputs, %s%s %s", source(), source().indexOf(':') < 0 ? ":" : ";", total.describe());
  }

  /**
   * The counts alone, in a sentence.
   *
   * @return with a full stop
   */
  public String counts() {
    return Text.format(
        "Read as %s%s %s.", readAs, readAs.indexOf(':') < 0 ? ":" : ";", total.counts());
  }

  private String source() {
    return readAs.isEmpty() ? "none" : "read as " + readAs;
  }
}
