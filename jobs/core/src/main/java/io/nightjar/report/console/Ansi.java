package io.nightjar.report.console;

/** Emphasis on a console, or none. */
enum Ansi {
  PLAIN,
  COLOURED;

  String bold(String text) {
    return styled("1", text);
  }

  String yellow(String text) {
    return styled("33", text);
  }

  String red(String text) {
    return styled("31", text);
  }

  private String styled(String code, String text) {
    return this == PLAIN ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
