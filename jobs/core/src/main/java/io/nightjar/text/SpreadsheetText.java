package io.nightjar.text;

import java.util.regex.Pattern;

/**
 * Texts in cells of tables that people open in a spreadsheet, which takes a text that begins like a
 * formula for one and runs it. An apostrophe before such a text makes it a text again; what reads
 * tables removes it.
 *
 * <p>Source: OWASP, CSV Injection: cells that begin with {@code =}, {@code +}, {@code -},
 * {@code @}, their full-width forms, a tab, a carriage return or a line feed.
 */
public final class SpreadsheetText {
  /** Apostrophes that were there before count, so that each text is read as it was written. */
  private static final Pattern FORMULA = Pattern.compile("(?s)'*[=+\\-@\t\r\n＝＋－＠].*");

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");

  private SpreadsheetText() {}

  /** A text as a cell holds it; numbers, with their sign, stay numbers. */
  public static String cell(String text) {
    return FORMULA.matcher(text).matches() && !NUMBER.matcher(text).matches() ? "'" + text : text;
  }

  /** The text that {@link #cell} wrote. */
  public static String text(String cell) {
    return cell.startsWith("'") && FORMULA.matcher(cell).matches() ? cell.substring(1) : cell;
  }
}
