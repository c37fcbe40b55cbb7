package io.nightjar.bank.store;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** A bank, or a folder of banks by category. */
public final class BankFolder {
  private BankFolder() {}

  /**
   * Opens the banks at a location, in the version that it names.
   *
   * @param categories the categories to open, empty for all
   * @throws InvalidInputException if there is no bank, or none of a requested category
   */
  public static List<StoredBank> open(
      BankLocation location, List<String> categories, Configuration configuration) {
    if (StoredBank.exists(location.uri(), configuration)) {
      StoredBank bank = StoredBank.open(location, configuration);
      for (String category : categories) {
        if (!category.equals(bank.manifest().category())) {
          throw new InvalidInputException(
              Text.format(
                  "--bank %s is one bank, of category %s, not %s.",
                  bank.location(), bank.manifest().category(), category));
        }
      }
      return List.of(bank);
    }
    List<String> names =
        categories.isEmpty()
            ? BankFiles.of(location.uri(), configuration).folders().stream()
                .filter(name -> StoredBank.exists(location.category(name).uri(), configuration))
                .toList()
            : categories;
    if (names.isEmpty()) {
      throw new InvalidInputException(
          Text.format(
              "There is no bank in %s, nor in a folder below it; build one with nightjar build-bank.",
              location.uri()));
    }
    return names.stream()
        .map(name -> StoredBank.open(location.category(name), configuration))
        .toList();
  }
}
