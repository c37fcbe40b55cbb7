package io.nightjar.report.console;

import java.util.ArrayList;
import java.util.List;

/** Columns of text as wide as their widest cell, under a header of two lines. */
final class TextColumns {
  private static final String GAP = "  ";

  private final List<Column> columns = new ArrayList<>();

  void add(String upper, String lower, boolean rightAligned) {
    columns.add(new Column(upper, lower, rightAligned));
  }

  /** Widens the columns for these rows. */
  void fit(List<List<String>> rows) {
    for (List<String> row : rows) {
      for (int i = 0; i < columns.size(); i++) {
        columns.get(i).fit(row.get(i));
      }
    }
  }

  String upperHeader() {
    return format(columns.stream().map(c -> c.upper).toList());
  }

  String lowerHeader() {
    return format(columns.stream().map(c -> c.lower).toList());
  }

  String rule() {
    int width = columns.stream().mapToInt(c -> c.width + GAP.length()).sum() - GAP.length();
    return "-".repeat(width);
  }

  String format(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      line.append(i == 0 ? "" : GAP).append(columns.get(i).pad(cells.get(i)));
    }
    return line.toString().stripTrailing();
  }

  private static final class Column {
    private final String upper;
    private final String lower;
    private final boolean rightAligned;
    private int width;

    Column(String upper, String lower, boolean rightAligned) {
      this.upper = upper;
      this.lower = lower;
      this.rightAligned = rightAligned;
      fit(upper);
      fit(lower);
    }

    void fit(String cell) {
      width = Math.max(width, cell.codePointCount(0, cell.length()));
    }

    String pad(String cell) {
      String padding = " ".repeat(width - cell.codePointCount(0, cell.length()));
      return rightAligned ? padding + cell : cell + padding;
    }
  }
}
