package io.nightjar.dataset.list;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.SpreadsheetText;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A table with headings, whose cells are separated by commas, semicolons or tabs, with quotes as in
 * RFC 4180. Empty lines and lines that begin with {@code #} are skipped, and so is the line {@code
 * sep=;} by which Excel is given the separator. Written here, since which separator it is has to be
 * found in the table, and messages name lines.
 *
 * @param name of the file, for messages
 * @param columns the headings in lower case
 * @param rows all others
 */
public record ListTable(String name, List<String> columns, List<Row> rows) {
  static final List<Character> SEPARATORS = List.of(',', ';', '\t');

  /**
   * A row of a table.
   *
   * @param line where it begins in the file, from 1
   * @param cells by their headings; a cell that is not there is absent
   */
  public record Row(int line, Map<String, String> cells) {

    /** The cell below a heading; empty where there is none. */
    public String cell(String column) {
      return cells.getOrDefault(column, "");
    }
  }

  /** A line of a table with its cells. */
  record Line(int number, List<String> cells) {}

  /**
   * Reads a table.
   *
   * @param name of the file, for messages
   * @throws InvalidInputException if the text is in an encoding that is not known, or a row has
   *     more cells than there are headings
   */
  public static ListTable of(byte[] content, String name) {
    List<Line> lines = widest(content, name);
    if (lines.isEmpty()) {
      return new ListTable(name, List.of(), List.of());
    }
    List<String> columns = headings(lines.get(0));
    return new ListTable(
        name,
        columns,
        lines.subList(1, lines.size()).stream().map(line -> row(line, columns, name)).toList());
  }

  /**
   * The headings alone, in lower case, whatever follows; none of an empty file.
   *
   * @param name of the file, for messages
   * @throws InvalidInputException if the text is in an encoding that is not known
   */
  public static List<String> columns(byte[] content, String name) {
    List<Line> lines = widest(content, name);
    return lines.isEmpty() ? List.of() : headings(lines.get(0));
  }

  private static List<String> headings(Line line) {
    return line.cells().stream().map(cell -> cell.strip().toLowerCase(Locale.ROOT)).toList();
  }

  /** A table is separated by what splits its headings. */
  private static List<Line> widest(byte[] content, String name) {
    String text = ListText.decode(content, name);
    List<Line> lines = List.of();
    for (char separator : SEPARATORS) {
      List<Line> read = lines(text, separator);
      if (lines.isEmpty() || width(read) > width(lines)) {
        lines = read;
      }
    }
    return lines;
  }

  private static int width(List<Line> lines) {
    return lines.isEmpty() ? 0 : lines.get(0).cells().size();
  }

  private static Row row(Line line, List<String> columns, String name) {
    if (line.cells().size() > columns.size()) {
      throw new InvalidInputException(
          Text.format(
              "Line %d of %s has %d cells, but there are %d headings; put cells that hold the"
                  + " separator in quotes.",
              line.number(), name, line.cells().size(), columns.size()));
    }
    Map<String, String> cells = new LinkedHashMap<>();
    for (int i = 0; i < line.cells().size(); i++) {
      cells.put(columns.get(i), SpreadsheetText.text(line.cells().get(i)));
    }
    return new Row(line.number(), cells);
  }

  /**
   * Makes sure that columns are there.
   *
   * @throws InvalidInputException naming those that are not
   */
  public void requireColumns(String... required) {
    List<String> missing =
        List.of(required).stream().filter(column -> !columns.contains(column)).toList();
    if (!missing.isEmpty()) {
      throw new InvalidInputException(
          Text.format(
              "The table %s has no column \"%s\"; its first line must be headings, found: %s.",
              name, String.join("\" and \"", missing), String.join(", ", columns)));
    }
  }

  static boolean isSkipped(String line) {
    return line.isEmpty() || line.startsWith("#") || line.matches("(?i)sep=.");
  }

  /** The rows of a table, without those that are skipped; cells outside of quotes are stripped. */
  static List<Line> lines(String text, char separator) {
    List<Line> lines = new ArrayList<>();
    int number = 1;
    int at = 0;
    while (at < text.length()) {
      int end = lineEnd(text, at);
      int next = end + 1;
      if (!isSkipped(text.substring(at, end).strip())) {
        List<String> row = new ArrayList<>();
        next = row(text, at, separator, row);
        lines.add(new Line(number, row));
      }
      number +=
          (int)
              text.substring(at, Math.min(next, text.length()))
                  .chars()
                  .filter(c -> c == '\n')
                  .count();
      at = next;
    }
    return lines;
  }

  private static int lineEnd(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  /** Reads a row and returns where the next one begins. */
  private static int row(String text, int from, char separator, List<String> row) {
    StringBuilder cell = new StringBuilder();
    boolean blank = true;
    boolean quoted = false;
    boolean wasQuoted = false;
    int at = from;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (quoted) {
        if (c != '"') {
          cell.append(c);
        } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
          cell.append('"');
          at++;
        } else {
          quoted = false;
        }
      } else if (c == '"' && blank) {
        cell.setLength(0);
        blank = false;
        quoted = true;
        wasQuoted = true;
      } else if (c == separator) {
        row.add(wasQuoted ? cell.toString() : cell.toString().strip());
        cell.setLength(0);
        blank = true;
        wasQuoted = false;
      } else if (c == '\n') {
        at++;
        break;
      } else if (c != '\r') {
        cell.append(c);
        blank &= Character.isWhitespace(c);
      }
    }
    row.add(wasQuoted ? cell.toString() : cell.toString().strip());
    return at;
  }
}
