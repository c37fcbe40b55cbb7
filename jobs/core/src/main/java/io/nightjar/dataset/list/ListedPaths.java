package io.nightjar.dataset.list;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The paths that a list names: one on each line, or those of the column {@code path} of a table
 * whose cells are separated by commas, semicolons or tabs, with quotes as in RFC 4180. A file is a
 * table where its first line has that heading. Empty lines and lines that begin with {@code #} are
 * skipped, and so is the line {@code sep=;} by which Excel is told the separator.
 */
public final class ListedPaths {
  private static final String HEADING = "path";
  private static final List<Character> SEPARATORS = List.of(',', ';', '\t');
  private static final List<String> TABLES = List.of(".csv", ".tsv");

  private ListedPaths() {}

  /**
   * The paths as written, in the list's order.
   *
   * @param name of the list; its ending says whether it must be a table
   * @throws InvalidInputException if it must, and has no column of that heading, or the text is in
   *     an encoding that is not known
   */
  public static List<String> of(byte[] content, String name) {
    String text = ListText.decode(content, name);
    for (char separator : SEPARATORS) {
      List<List<String>> rows = rows(text, separator);
      Optional<Integer> column = rows.isEmpty() ? Optional.empty() : column(rows.get(0));
      if (column.isPresent()) {
        return rows.get(0).size() == 1 ? rest(lines(text)) : cells(rows, column.get(), name);
      }
    }
    if (TABLES.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith)) {
      throw new InvalidInputException(
          Text.format(
              "The list %s has no column \"%s\"; a cell of its first line must be that heading.",
              name, HEADING));
    }
    return lines(text);
  }

  private static Optional<Integer> column(List<String> headings) {
    for (int i = 0; i < headings.size(); i++) {
      if (headings.get(i).equalsIgnoreCase(HEADING)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  private static List<String> cells(List<List<String>> rows, int column, String name) {
    List<String> cells = new ArrayList<>();
    for (List<String> row : rows.subList(1, rows.size())) {
      if (row.size() <= column || row.get(column).isEmpty()) {
        throw new InvalidInputException(
            Text.format(
                "The list %s has no path in the row \"%s\"; fill it in or remove the row.",
                name, String.join(" ", row)));
      }
      cells.add(row.get(column));
    }
    return cells;
  }

  private static List<String> rest(List<String> lines) {
    return lines.subList(1, lines.size());
  }

  /** Lines with one path each; a path between quotes stands without them. */
  private static List<String> lines(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !isSkipped(line))
        .map(ListedPaths::unquoted)
        .toList();
  }

  private static boolean isSkipped(String line) {
    return line.isEmpty() || line.startsWith("#") || line.matches("(?i)sep=.");
  }

  private static String unquoted(String line) {
    return line.length() > 2 && line.startsWith("\"") && line.endsWith("\"")
        ? line.substring(1, line.length() - 1).replace("\"\"", "\"")
        : line;
  }

  /** The rows of a table, without those that are skipped; cells outside of quotes are stripped. */
  private static List<List<String>> rows(String text, char separator) {
    List<List<String>> rows = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = lineEnd(text, at);
      if (isSkipped(text.substring(at, end).strip())) {
        at = end + 1;
        continue;
      }
      List<String> row = new ArrayList<>();
      at = row(text, at, separator, row);
      rows.add(row);
    }
    return rows;
  }

  private static int lineEnd(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  /** Reads a row and returns where the next one begins. */
  private static int row(String text, int from, char separator, List<String> row) {
    StringBuilder cell = new StringBuilder();
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
      } else if (c == '"' && cell.toString().isBlank()) {
        cell.setLength(0);
        quoted = true;
        wasQuoted = true;
      } else if (c == separator) {
        row.add(wasQuoted ? cell.toString() : cell.toString().strip());
        cell.setLength(0);
        wasQuoted = false;
      } else if (c == '\n') {
        at++;
        break;
      } else if (c != '\r') {
        cell.append(c);
      }
    }
    row.add(wasQuoted ? cell.toString() : cell.toString().strip());
    return at;
  }
}
