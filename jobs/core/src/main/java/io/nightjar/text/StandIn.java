package io.nightjar.text;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is where a file should be: pointers of tools that keep large files elsewhere, links that
 * were copied as text, pages and messages that a server sent in place of the file.
 */
public final class StandIn {
  /** How many bytes are needed to recognise them all. */
  public static final int BYTES = 128;

  private static final Pattern ANNEX = Pattern.compile("\\S*/annex/objects/\\S+\\s*");

  /** A path of at least one folder, and nothing else. */
  private static final Pattern PATH =
      Pattern.compile("\\.{0,2}/?(?:[^/\\p{Cntrl}]+/)+[^/\\p{Cntrl}]+\\n?");

  private StandIn() {}

  /**
   * What a file is that cannot be what its name says, as a noun with the remedy, such as "a Git LFS
   * pointer in place of the file; fetch the file with git lfs pull".
   *
   * @param start the file's first bytes: all of them, or at least {@link #BYTES}
   */
  public static Optional<String> of(byte[] start) {
    String text = new String(start, StandardCharsets.UTF_8);
    String begins = text.replaceFirst("^\\x{FEFF}?\\s*", "").toLowerCase(Locale.ROOT);
    if (begins.startsWith("version https://git-lfs.")) {
      return Optional.of(
          "a Git LFS pointer in place of the file; fetch the file with git lfs pull");
    }
    if (ANNEX.matcher(text).matches()) {
      return Optional.of(
          "a git-annex pointer in place of the file; fetch the file with git annex get");
    }
    if (begins.startsWith("<!doctype html") || begins.startsWith("<html")) {
      return Optional.of(
          "an HTML page, as a server sends it in place of a file that is absent or needs a login;"
              + " download the file again");
    }
    if (begins.startsWith("<?xml") || begins.startsWith("<error>")) {
      return Optional.of(
          "XML, as an object store sends it to say why it has no file; download the file again");
    }
    if (start.length < BYTES && PATH.matcher(text).matches()) {
      return Optional.of(
          Text.format(
              "the path \"%s\" as text, as a link becomes that was copied as a file; copy what it"
                  + " leads to",
              text.strip()));
    }
    return Optional.empty();
  }
}
