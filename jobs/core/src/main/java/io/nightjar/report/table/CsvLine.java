package io.nightjar.report.table;

import static java.util.stream.Collectors.joining;

import io.nightjar.text.SpreadsheetText;
import java.util.Arrays;

/**
 * One line of comma-separated values (RFC 4180), without its end. Written here, since a text must
 * not be a formula to the spreadsheet that opens it.
 */
public final class CsvLine {
  private CsvLine() {}

  /**
   * The values as they print, quoted where they hold a comma, a quote or a line break; {@code null}
   * is an empty field, and a text that a spreadsheet would run is a {@link SpreadsheetText#cell}.
   */
  public static String of(Object... values) {
    return Arrays.stream(values).map(CsvLine::field).collect(joining(","));
  }

  private static String field(Object value) {
    String text =
        value == null
            ? ""
            : value instanceof Number ? value.toString() : SpreadsheetText.cell(value.toString());
    return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
