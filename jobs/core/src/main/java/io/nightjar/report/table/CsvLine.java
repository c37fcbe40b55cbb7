package io.nightjar.report.table;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;

/** One line of comma-separated values (RFC 4180), without its end. */
public final class CsvLine {
  private CsvLine() {}

  /**
   * The values as they print, quoted where they hold a comma, a quote or a line break; {@code null}
   * is an empty field.
   */
  public static String of(Object... values) {
    return Arrays.stream(values).map(CsvLine::field).collect(joining(","));
  }

  private static String field(Object value) {
    String text = value == null ? "" : value.toString();
    return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
