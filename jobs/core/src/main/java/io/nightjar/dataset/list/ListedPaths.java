package io.nightjar.dataset.list;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.SpreadsheetText;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The paths that a list names: one on each line, or those of the column {@code path} of a table
 * whose cells are separated by commas, semicolons or tabs, with quotes as in RFC 4180. A file is a
 * table where its first line has that heading. Empty lines and lines that begin with {@code #} are
 * skipped, and so is the line {@code sep=;} by which Excel is given the separator.
 */
public final class ListedPaths {
  private static final String HEADING = "path";
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
    for (char separator : ListTable.SEPARATORS) {
      List<List<String>> rows = cells(text, separator);
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

  private static List<List<String>> cells(String text, char separator) {
    return ListTable.lines(text, separator).stream().map(ListTable.Line::cells).toList();
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
      cells.add(SpreadsheetText.text(row.get(column)));
    }
    return cells;
  }

  private static List<String> rest(List<String> lines) {
    return lines.subList(1, lines.size()).stream().map(SpreadsheetText::text).toList();
  }

  /** Lines with one path each; a path between quotes is taken without them. */
  private static List<String> lines(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !ListTable.isSkipped(line))
        .map(ListedPaths::unquoted)
        .toList();
  }

  private static String unquoted(String line) {
    return line.length() > 2 && line.startsWith("\"") && line.endsWith("\"")
        ? line.substring(1, line.length() - 1).replace("\"\"", "\"")
        : line;
  }
}
