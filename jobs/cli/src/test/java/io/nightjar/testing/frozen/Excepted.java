package io.nightjar.testing.frozen;

import java.util.regex.Pattern;

/**
 * Values that are not compared.
 *
 * @param path what matches their paths as a whole, such as {@code demo/run.json#/started}
 * @param reason why they may differ
 */
public record Excepted(Pattern path, String reason) {
  public static Excepted of(String path, String reason) {
    return new Excepted(Pattern.compile(path), reason);
  }

  boolean covers(String path) {
    return this.path.matcher(path).matches();
  }
}
