package io.nightjar.bank.store;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;

/**
 * When the images of a bank's version were added: at the time of the first version since which
 * every version contains them.
 */
public final class AdditionTimes {
  private AdditionTimes() {}

  /**
   * The time of each image of a version, by its path. Reads the manifests of the version's
   * ancestors, back to the first that lacks all of its images.
   *
   * @throws InvalidInputException if one of these manifests is missing or cannot be used
   */
  public static Map<String, Instant> of(StoredBank bank, Configuration configuration) {
    Map<String, String> searched = hashes(bank.manifest());
    Map<String, Instant> times = new HashMap<>();
    BankManifest version = bank.manifest();
    while (true) {
      Instant time = created(version, bank);
      searched.keySet().forEach(path -> times.put(path, time));
      OptionalInt parent = version.parent();
      if (parent.isEmpty()) {
        return times;
      }
      version = StoredBank.open(bank.location().at(parent.getAsInt()), configuration).manifest();
      Map<String, String> older = hashes(version);
      searched.entrySet().removeIf(image -> !image.getValue().equals(older.get(image.getKey())));
      if (searched.isEmpty()) {
        return times;
      }
    }
  }

  private static Instant created(BankManifest version, StoredBank bank) {
    try {
      return Instant.parse(version.created());
    } catch (DateTimeParseException e) {
      throw new InvalidInputException(
          Text.format(
              "The manifest of version %d of the bank %s says that it was created at \"%s\", which is no time in ISO 8601.",
              version.version(), bank.location().uri(), version.created()),
          e);
    }
  }

  private static Map<String, String> hashes(BankManifest manifest) {
    Map<String, String> hashes = new HashMap<>();
    manifest.images().forEach(image -> hashes.put(image.path(), image.sha256()));
    return hashes;
  }
}
