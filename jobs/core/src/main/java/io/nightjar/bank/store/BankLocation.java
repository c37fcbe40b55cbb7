package io.nightjar.bank.store;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.PlainName;
import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The location of a stored bank and of one of its versions: {@code URI} or {@code URI@VERSION}.
 *
 * @param uri the bank's folder on any Hadoop file system
 * @param number the version's number, at least 1; 0 for the current one
 */
public record BankLocation(String uri, int number) implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final Pattern WITH_VERSION = Pattern.compile("(.+)@(\\d{1,9})");

  /** Refuses an empty location. */
  public BankLocation {
    if (uri.isBlank()) {
      throw new InvalidInputException("The bank's location is an empty string; name a folder.");
    }
  }

  /** The current version of the bank in a folder. */
  public static BankLocation current(String uri) {
    return new BankLocation(uri, 0);
  }

  /**
   * Reads {@code URI} or {@code URI@VERSION}.
   *
   * @throws InvalidInputException if there is no URI, or the version is 0
   */
  public static BankLocation parse(String text) {
    Matcher matcher = WITH_VERSION.matcher(text.strip());
    if (!matcher.matches()) {
      return current(text.strip());
    }
    int version = Integer.parseInt(matcher.group(2));
    if (version == 0) {
      throw new InvalidInputException(
          Text.format("The bank %s has no version 0; versions are counted from 1.", text));
    }
    return new BankLocation(matcher.group(1), version);
  }

  /** The number of the version, where one is given. */
  public OptionalInt version() {
    return number == 0 ? OptionalInt.empty() : OptionalInt.of(number);
  }

  /**
   * The bank of a category below this folder of banks, in the same version.
   *
   * @throws InvalidInputException if the name would lead elsewhere
   */
  public BankLocation category(String name) {
    return new BankLocation(PlainName.of("category", name).below(uri), number);
  }

  /** The same bank in one version. */
  public BankLocation at(int version) {
    return new BankLocation(uri, version);
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return number == 0 ? uri : uri + "@" + number;
  }
}
