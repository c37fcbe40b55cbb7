package io.nightjar.io;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * A text that names one file or folder below another and can lead nowhere else: no separator, no
 * {@code .} or {@code ..}, no control character, and short enough for every file system. Whatever a
 * document, a list or a table says and a program then makes a path of, such as a category, goes
 * through here.
 *
 * @param value the name
 */
public record PlainName(String value) {
  /**
   * The longest name in bytes of UTF-8. File systems end at 255; the rest is for an extension and
   * for what is added while a file is written.
   */
  public static final int LONGEST = 200;

  /**
   * Refuses a text that is no plain name.
   *
   * @throws IllegalArgumentException saying what is wrong, as a clause that goes on after the name
   */
  public PlainName {
    fault(value)
        .ifPresent(
            fault -> {
              throw new IllegalArgumentException(fault);
            });
  }

  /**
   * The plain name that a text is.
   *
   * @param what it names, such as {@code category}
   * @throws InvalidInputException if the text is no plain name
   */
  public static PlainName of(String what, String text) {
    Optional<String> fault = fault(text);
    if (fault.isPresent()) {
      throw new InvalidInputException(
          Text.format(
              "The %s %s cannot name a file or folder: it %s. Give it another name.",
              what, shown(text), fault.get()));
    }
    return new PlainName(text);
  }

  /** What keeps a text from being a plain name, as a clause such as {@code is empty}. */
  public static Optional<String> fault(String text) {
    if (text.isBlank()) {
      return Optional.of("is empty");
    }
    if (text.equals(".") || text.equals("..")) {
      return Optional.of("means a folder of its own");
    }
    if (text.indexOf('/') >= 0 || text.indexOf('\\') >= 0) {
      return Optional.of("holds a slash or backslash");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("holds a control character");
    }
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    return bytes > LONGEST
        ? Optional.of(
            Text.format("is %d bytes long, where at most %d are possible", bytes, LONGEST))
        : Optional.empty();
  }

  /**
   * The plain name most like a text: what no name can hold becomes a hyphen, and what is too long
   * loses its beginning, since paths differ most at their ends.
   *
   * @param longest length of the name in bytes of UTF-8, at most {@link #LONGEST}
   */
  public static PlainName like(String text, int longest) {
    StringBuilder name = new StringBuilder();
    text.codePoints()
        .map(c -> c == '/' || c == '\\' || c == ':' || Character.isISOControl(c) ? '-' : c)
        .forEach(name::appendCodePoint);
    while (name.toString().getBytes(StandardCharsets.UTF_8).length > longest) {
      name.delete(0, Character.charCount(name.codePointAt(0)));
    }
    String result = name.toString();
    return new PlainName(fault(result).isEmpty() ? result : "-");
  }

  /** The place of this name directly below a folder. */
  public Path below(Path folder) {
    return HadoopPaths.child(folder, value);
  }

  /** The same below a folder in text, as {@link HadoopPaths#parse} reads it. */
  public String below(String folder) {
    return HadoopPaths.child(folder, value);
  }

  /** A text in quotes, shortened and without what would disturb a line. */
  private static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return '"' + (line.length() > 80 ? line.substring(0, 80) + "..." : line) + '"';
  }

  @Override
  public String toString() {
    return value;
  }
}
