package io.nightjar.job.update;

import java.util.regex.Pattern;

/**
 * What names images within a bank: their paths, and where another image has the path already, as
 * with folders that are filled again every day, the path and the beginning of the file's SHA-256,
 * such as {@code 000.png#0c2a8f7d91be}.
 */
public final class NameInBank {
  private static final int DIGITS = 12;
  private static final Pattern MARK = Pattern.compile("#[0-9a-f]{" + DIGITS + "}$");

  private NameInBank() {}

  static String marked(String path, String sha256) {
    return path + "#" + sha256.substring(0, DIGITS);
  }

  /** The path that an image was found at. */
  public static String path(String name) {
    return MARK.matcher(name).replaceFirst("");
  }
}
