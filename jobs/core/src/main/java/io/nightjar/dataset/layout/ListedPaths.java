package io.nightjar.dataset.layout;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The paths in a list's text. */
final class ListedPaths {
  private static final String HEADING = "path";
  private static final String CSV = ".csv";

  private ListedPaths() {}

  static List<String> of(byte[] content, String name) {
    List<String> lines =
        new String(content, StandardCharsets.UTF_8)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .toList();
    if (!name.toLowerCase(Locale.ROOT).endsWith(CSV)) {
      return lines;
    }
    List<String> column = lines.stream().map(ListedPaths::firstCell).toList();
    if (column.isEmpty() || !column.get(0).equalsIgnoreCase(HEADING)) {
      throw new InvalidInputException(
          Text.format(
              "The list %s has no column \"%s\"; its first line must begin with that heading.",
              name, HEADING));
    }
    return column.subList(1, column.size());
  }

  /** Up to the first comma, or between quotes, where a doubled quote denotes one. */
  private static String firstCell(String line) {
    if (!line.startsWith("\"")) {
      int comma = line.indexOf(',');
      return (comma < 0 ? line : line.substring(0, comma)).strip();
    }
    StringBuilder cell = new StringBuilder();
    for (int i = 1; i < line.length(); i++) {
      if (line.charAt(i) != '"') {
        cell.append(line.charAt(i));
      } else if (i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append(line.charAt(i++));
      } else {
        break;
      }
    }
    return cell.toString();
  }
}
