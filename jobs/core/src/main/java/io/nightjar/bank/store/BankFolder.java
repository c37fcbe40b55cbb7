package io.nightjar.bank.store;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Optional;
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
    Optional<StoredBank> single = single(location, categories, configuration);
    if (single.isPresent()) {
      return List.of(single.get());
    }
    List<String> names = categories.isEmpty() ? names(location, configuration) : categories;
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

  /**
   * The names of the folders below a location that hold a bank.
   *
   * @return none where the location itself is a bank
   */
  public static List<String> names(BankLocation location, Configuration configuration) {
    return BankFiles.of(location.uri(), configuration).folders().stream()
        .filter(name -> StoredBank.exists(location.category(name).uri(), configuration))
        .toList();
  }

  /**
   * Opens the bank at a location, where the location is a bank and no folder of banks.
   *
   * @param categories the ones wanted, empty for any
   * @throws InvalidInputException if it is a bank of another category
   */
  public static Optional<StoredBank> single(
      BankLocation location, List<String> categories, Configuration configuration) {
    Optional<StoredBank> single = StoredBank.find(location, configuration);
    for (String category : categories) {
      single
          .filter(bank -> !bank.manifest().category().equals(category))
          .ifPresent(
              bank -> {
                throw new InvalidInputException(
                    Text.format(
                        "--bank %s is one bank, of category %s, not %s.",
                        bank.location(), bank.manifest().category(), category));
              });
    }
    return single;
  }
}
